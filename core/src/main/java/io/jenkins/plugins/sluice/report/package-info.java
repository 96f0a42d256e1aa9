/** Plans and runs as text, JSON and diagrams, with secrets masked. */
@NullMarked
package io.jenkins.plugins.sluice.report;

import org.jspecify.annotations.NullMarked;
