package io.jenkins.plugins.sluice.cli.picture;

/** The looks of a picture, light and dark. */
final class Style {
    /**
     * Every rule starts with the class of the picture, since a page may contain its text. There are no variables: rsvg-convert
     * does not know them. Light comes first and is what programs that know no media queries show.
     */
    static final String CSS =
            """
            .sluice-plan text{font-family:Segoe UI,Roboto,Helvetica Neue,Arial,Liberation Sans,DejaVu Sans,sans-serif}
            .sluice-plan .page{fill:#fff}
            .sluice-plan .pipeline .area{fill:#f6f8fa;stroke:#d1d9e0}
            .sluice-plan .pipeline text{font-size:13px;font-weight:bold;fill:#1f2328}
            .sluice-plan .workspace .area{fill:#eaeef2;fill-opacity:.5;stroke:#818b98;stroke-dasharray:3 3}
            .sluice-plan .workspace text{font-size:10.5px;fill:#59636e}
            .sluice-plan .wire{fill:none;stroke:#6e7781;stroke-width:1.4}
            .sluice-plan .tip{fill:#6e7781}
            .sluice-plan .pale{stroke-dasharray:4 3;stroke-opacity:.6}
            .sluice-plan .joint{fill:#6e7781}
            .sluice-plan .box{fill:#fff;stroke:#6e7781;stroke-width:1.2}
            .sluice-plan .name{font-size:13px;font-weight:bold;text-anchor:middle;fill:#1f2328}
            .sluice-plan .line{font-size:11px;text-anchor:middle;fill:#59636e}
            .sluice-plan .gate .box{fill:#fff8c5;stroke:#9a6700}
            .sluice-plan .skip .box{fill:#f6f8fa;stroke:#9198a1;stroke-dasharray:4 3}
            .sluice-plan .skip .name{fill:#656d76;font-weight:normal}
            .sluice-plan .skip .line{fill:#656d76}
            .sluice-plan .sign{fill:none;stroke:#fff;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
            .sluice-plan .badge{fill:#6e7781}
            .sluice-plan .running .badge{fill:#0969da}
            .sluice-plan .running .box{stroke:#0969da;stroke-width:2}
            .sluice-plan .asking .badge{fill:#9a6700}
            .sluice-plan .asking .box{stroke:#9a6700;stroke-width:2}
            .sluice-plan .succeeded .badge{fill:#1a7f37}
            .sluice-plan .succeeded .box{stroke:#1a7f37}
            .sluice-plan .failed .badge{fill:#cf222e}
            .sluice-plan .failed .box{stroke:#cf222e;stroke-width:2}
            .sluice-plan .errored .badge{fill:#8250df}
            .sluice-plan .errored .box{stroke:#8250df;stroke-width:2}
            .sluice-plan .aborted .badge{fill:#bc4c00}
            .sluice-plan .aborted .box{stroke:#bc4c00}
            @media (prefers-color-scheme:dark){
            .sluice-plan .page{fill:#0d1117}
            .sluice-plan .pipeline .area{fill:#151b23;stroke:#3d444d}
            .sluice-plan .pipeline text,.sluice-plan .name{fill:#f0f6fc}
            .sluice-plan .workspace .area{fill:#262c36;stroke:#656c76}
            .sluice-plan .workspace text,.sluice-plan .line{fill:#9198a1}
            .sluice-plan .wire{stroke:#9198a1}
            .sluice-plan .tip,.sluice-plan .joint{fill:#9198a1}
            .sluice-plan .box{fill:#0d1117;stroke:#9198a1}
            .sluice-plan .gate .box{fill:#341a00;stroke:#d29922}
            .sluice-plan .skip .box{fill:#151b23;stroke:#656c76}
            .sluice-plan .skip .name,.sluice-plan .skip .line{fill:#9198a1}
            .sluice-plan .running .box{stroke:#4493f8}
            .sluice-plan .asking .box{stroke:#d29922}
            .sluice-plan .succeeded .box{stroke:#3fb950}
            .sluice-plan .failed .box{stroke:#f85149}
            .sluice-plan .errored .box{stroke:#ab7df8}
            .sluice-plan .aborted .box{stroke:#db6d28}
            }
            """;

    /** The tip of an arrow. */
    static final String TIP =
            """
            <defs><marker id="sluice-plan-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" \
            markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 .5L8 4L0 7.5Z"/></marker></defs>
            """;

    private Style() {}
}
