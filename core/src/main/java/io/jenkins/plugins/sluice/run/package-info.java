/** A run as a fold over events, the decisions that follow from its state, and the instructions that a host is told to do. */
@NullMarked
package io.jenkins.plugins.sluice.run;

import org.jspecify.annotations.NullMarked;
