/** What is wrong with an input, as a value: a code, a place, a message and a hint. Imports nothing of the other packages. */
@NullMarked
package io.jenkins.plugins.sluice.problem;

import org.jspecify.annotations.NullMarked;
