import io.jenkins.plugins.sluice.JenkinsHost

/** The whole of a Jenkinsfile: {@code sluice()}. See sluice.txt. */
void call(Map options = [:]) {
    new JenkinsHost(this).start(options)
}
