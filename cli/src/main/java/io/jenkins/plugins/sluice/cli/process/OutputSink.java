package io.jenkins.plugins.sluice.cli.process;

/** Takes what a process group has to say, in order and on the thread that waits for it. */
public interface OutputSink {

    /** One line that the processes wrote, without its end; a very long one comes in pieces. */
    void line(String text);

    /** How much of a line that is too long to be delivered whole may be delivered now; the rest comes with the next piece. */
    default int cut(String text) {
        return text.length();
    }

    /** Something that Sluice itself has to say about the processes. */
    void note(String text);
}
