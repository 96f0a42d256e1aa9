/** Benchmarks behind {@code docs/performance.md}. */
@NullMarked
package io.jenkins.plugins.sluice.bench;

import org.jspecify.annotations.NullMarked;
