/** Delivers beyond this machine: mail, rehearsals of charts, and jobs. */
@NullMarked
package io.jenkins.plugins.sluice.cli.deliver;

import org.jspecify.annotations.NullMarked;
