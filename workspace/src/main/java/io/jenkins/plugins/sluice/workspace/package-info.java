/** What a host does with the files of a workspace, on whichever machine that is. */
@NullMarked
package io.jenkins.plugins.sluice.workspace;

import org.jspecify.annotations.NullMarked;
