/**
 * The command line: one class per command, each with its own options, and only the chosen one is loaded.
 */
@NullMarked
package io.jenkins.plugins.sluice.cli;

import org.jspecify.annotations.NullMarked;
