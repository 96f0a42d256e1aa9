/** What the user wrote: a tree in which every value knows its line and column, the shape that such a tree may have, and the checks of one against the other. */
@NullMarked
package io.jenkins.plugins.sluice.config;

import org.jspecify.annotations.NullMarked;
