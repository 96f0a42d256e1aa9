/** Validated values: pipelines, stages, gates, conditions and the references between them. */
@NullMarked
package io.jenkins.plugins.sluice.model;

import org.jspecify.annotations.NullMarked;
