/**
 * Running a plan on this machine: processes, workspaces, artifacts, reports and what a person sees of them.
 *
 * <p>The building blocks here know nothing of plans; {@code LocalHost} puts them together.
 */
@NullMarked
package io.jenkins.plugins.sluice.cli.local;

import org.jspecify.annotations.NullMarked;
