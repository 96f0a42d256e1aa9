/**
 * A run as a handle for hosts that only keep texts, maps and lists, as Jenkins' Pipeline does: it tells them which step to
 * take next, and takes back what came of it.
 */
@NullMarked
package io.jenkins.plugins.sluice.handle;

import org.jspecify.annotations.NullMarked;
