/** Sluice's plugin for Jenkins: steps, the bundled shared library, settings and pages around the core. */
package io.jenkins.plugins.sluice.jenkins;
