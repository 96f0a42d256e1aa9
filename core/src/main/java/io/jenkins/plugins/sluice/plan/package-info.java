/** From the model to an execution plan: the order of the stages, its decomposition into blocks, agent groups and carries. Pure and the same on every JVM. */
@NullMarked
package io.jenkins.plugins.sluice.plan;

import org.jspecify.annotations.NullMarked;
