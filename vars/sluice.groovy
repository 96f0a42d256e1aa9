import io.jenkins.plugins.sluice.JenkinsHost

/** The whole of a Jenkinsfile: {@code sluice()}. See sluice.txt. */
void call(Map options = [:]) {
    JenkinsHost.run(this, options)
}
