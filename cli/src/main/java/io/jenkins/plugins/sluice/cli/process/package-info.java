/**
 * Programs of this machine: started in a session of their own, listened to, and ended with all that they have started.
 *
 * <p>Nothing here knows of runs or stages.
 */
@NullMarked
package io.jenkins.plugins.sluice.cli.process;

import org.jspecify.annotations.NullMarked;
