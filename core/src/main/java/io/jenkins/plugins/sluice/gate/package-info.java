/** Who may decide at a gate, which votes count, and when there are enough of them: pure judgement, for every host. */
@NullMarked
package io.jenkins.plugins.sluice.gate;

import org.jspecify.annotations.NullMarked;
