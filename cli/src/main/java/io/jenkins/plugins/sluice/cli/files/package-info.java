/** Trees of files on this machine: finding, placing and deleting in them without ever leaving them. */
@NullMarked
package io.jenkins.plugins.sluice.cli.files;

import org.jspecify.annotations.NullMarked;
