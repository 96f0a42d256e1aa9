/**
 * Containers and images by the command-line program of Docker or Podman: what stages ask for, and tidying up after them.
 *
 * <p>{@link io.jenkins.plugins.sluice.cli.engine.ContainerEngine} is the way in. Values reach an engine as single arguments
 * or in the environment of its program, never through a shell.
 */
@NullMarked
package io.jenkins.plugins.sluice.cli.engine;

import org.jspecify.annotations.NullMarked;
