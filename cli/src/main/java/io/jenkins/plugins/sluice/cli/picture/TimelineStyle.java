package io.jenkins.plugins.sluice.cli.picture;

/** The looks of a timeline, light and dark, with the colours of {@link Style}. */
final class TimelineStyle {
    /** Every rule starts with the class of the picture; there are no variables, see {@link Style#CSS}. */
    static final String CSS =
            """
            .sluice-timeline text{font-family:Segoe UI,Roboto,Helvetica Neue,Arial,Liberation Sans,DejaVu Sans,sans-serif}
            .sluice-timeline .page{fill:#fff}
            .sluice-timeline .area{fill:#f6f8fa;stroke:#d1d9e0}
            .sluice-timeline .title{font-size:15px;font-weight:bold;fill:#1f2328}
            .sluice-timeline .fact{font-size:11px;fill:#59636e}
            .sluice-timeline .heading{font-size:13px;font-weight:bold;fill:#1f2328}
            .sluice-timeline .name{font-size:12px;fill:#1f2328}
            .sluice-timeline .critical .name{font-weight:bold}
            .sluice-timeline .time{font-size:11px;text-anchor:end;fill:#59636e}
            .sluice-timeline .tick{font-size:10.5px;text-anchor:middle;fill:#59636e}
            .sluice-timeline .length{font-size:10.5px;text-anchor:middle;font-style:italic;fill:#59636e}
            .sluice-timeline .now{font-size:10.5px;fill:#0969da}
            .sluice-timeline .grid{stroke:#d1d9e0;stroke-width:1}
            .sluice-timeline .present{stroke:#0969da;stroke-width:1;stroke-dasharray:3 3}
            .sluice-timeline .wait{fill:#818b98;fill-opacity:.28}
            .sluice-timeline .bar{fill:#6e7781}
            .sluice-timeline .succeeded .bar{fill:#8cc49c}
            .sluice-timeline .running .bar{fill:#0969da}
            .sluice-timeline .failed .bar{fill:#cf222e}
            .sluice-timeline .errored .bar{fill:#8250df}
            .sluice-timeline .aborted .bar{fill:#bc4c00}
            .sluice-timeline .asking .bar{fill:#fff8c5;stroke:#9a6700}
            .sluice-timeline .hatch{stroke:#9a6700;stroke-width:1.1;stroke-opacity:.55}
            .sluice-timeline .critical.succeeded .bar{fill:#1a7f37}
            .sluice-timeline .ring{fill:none;stroke:#1f2328;stroke-width:1.8}
            .sluice-timeline .line{fill:none;stroke:#1f2328;stroke-width:1.8;stroke-linejoin:round}
            .sluice-timeline .dash{stroke-dasharray:2.5 2.5}
            .sluice-timeline .halo{fill:none;stroke:#fff;stroke-width:4.5;stroke-opacity:.8}
            .sluice-timeline .gap{fill:none;stroke:#fff;stroke-width:7}
            .sluice-timeline .edge{fill:none;stroke:#818b98;stroke-width:1}
            .sluice-timeline .sign{fill:none;stroke:#fff;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
            .sluice-timeline .badge{fill:#6e7781}
            .sluice-timeline .running .badge{fill:#0969da}
            .sluice-timeline .succeeded .badge{fill:#1a7f37}
            .sluice-timeline .failed .badge{fill:#cf222e}
            .sluice-timeline .errored .badge{fill:#8250df}
            .sluice-timeline .aborted .badge{fill:#bc4c00}
            .sluice-timeline .asking .badge{fill:#9a6700}
            @media (prefers-color-scheme:dark){
            .sluice-timeline .page{fill:#0d1117}
            .sluice-timeline .area{fill:#151b23;stroke:#3d444d}
            .sluice-timeline .title,.sluice-timeline .heading,.sluice-timeline .name{fill:#f0f6fc}
            .sluice-timeline .fact,.sluice-timeline .time,.sluice-timeline .tick,.sluice-timeline .length{fill:#9198a1}
            .sluice-timeline .now{fill:#4493f8}
            .sluice-timeline .grid{stroke:#2a313c}
            .sluice-timeline .present{stroke:#4493f8}
            .sluice-timeline .wait{fill:#9198a1;fill-opacity:.3}
            .sluice-timeline .succeeded .bar{fill:#1d5c30}
            .sluice-timeline .running .bar{fill:#1f6feb}
            .sluice-timeline .failed .bar{fill:#da3633}
            .sluice-timeline .errored .bar{fill:#8957e5}
            .sluice-timeline .aborted .bar{fill:#bd561d}
            .sluice-timeline .asking .bar{fill:#341a00;stroke:#d29922}
            .sluice-timeline .hatch{stroke:#d29922}
            .sluice-timeline .critical.succeeded .bar{fill:#2ea043}
            .sluice-timeline .ring,.sluice-timeline .line{stroke:#f0f6fc}
            .sluice-timeline .halo,.sluice-timeline .gap{stroke:#0d1117}
            .sluice-timeline .edge{stroke:#656c76}
            }
            """;

    /** The stripes of a bar that waits for people. */
    static final String HATCH =
            """
            <defs><pattern id="sluice-timeline-hatch" width="6" height="6" patternUnits="userSpaceOnUse">\
            <path class="hatch" d="M-1 1L1 -1M0 6L6 0M5 7L7 5"/></pattern></defs>
            """;

    private TimelineStyle() {}
}
