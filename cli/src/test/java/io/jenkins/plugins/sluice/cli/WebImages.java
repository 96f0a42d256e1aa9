package io.jenkins.plugins.sluice.cli;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Draws the pictures of {@code docs/how-to/web.md}; not a test. From {@code cli}, once the tests are compiled:
 * {@code mvn -q -o exec:java -Dexec.classpathScope=test -Dexec.mainClass=io.jenkins.plugins.sluice.cli.WebImages}.
 */
final class WebImages {
    private static final int WIDTH = 1200;

    private static final String CONFIG =
            """
            version: 1
            pipelines:
              api:
                stages:
                  - name: build
                    script: [mkdir out, 'echo "compiled 214 files"; sleep 1.2', head -c 184320 /dev/urandom > out/api.jar]
                    artifacts: [out/api.jar]
                  - name: unit
                    needs: [build]
                    script: 'echo "312 tests, all of them well"; sleep 1.6'
                  - name: integration
                    needs: [build]
                    script: 'sleep 2.1; test -e .again || { touch .again; exit 3; }'
                    retry: {attempts: 2}
                  - name: plan
                    agent: terraform
                    needs: [unit, integration]
                    script: |
                      sleep 0.7
                      cat > plan.txt <<'END'
                      Terraform will perform the following actions:

                        # aws_instance.api[6] will be created
                        + resource "aws_instance" "api" {
                            + ami           = "ami-0c02fb55956c7d316"
                            + instance_type = "t3.small"
                          }

                        # aws_lb_target_group.front will be updated in-place
                        ~ targets = 6 -> 7

                      Plan: 1 to add, 1 to change, 0 to destroy.
                      END
                    artifacts: [plan.txt]
                  - name: approve
                    needs: [plan]
                    gate:
                      message: Apply this plan to production?
                      show: [plan.txt]
                      approvers: {users: [ada, bob, zoe], count: 2, exclude: [starter]}
                      inputs:
                        - {name: window, choices: [now, tonight], description: When the change is made}
                        - {name: instances, type: number, default: 1, description: How many at a time}
                        - {name: announce, type: flag, default: true, description: Tell the status page}
                      comment: required
                      timeout: 2d
                  - name: apply
                    needs: [approve]
                    agent: terraform
                    lock: production
                    script: echo ${gate.inputs.window}
              web:
                stages:
                  - {name: build, script: sleep 1.1}
                  - {name: lint, needs: [build], allowFailure: true, script: 'sleep 0.9; echo "12 problems"; exit 1'}
                  - {name: test, needs: [build], script: sleep 1.9}
            """;

    private WebImages() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("shop");
        Path images = Path.of("..", "docs", "images").toAbsolutePath().normalize();
        try (WebSample sample = WebSample.of(Files.createDirectory(directory.resolve("shop")), CONFIG);
                Chromium chromium = Chromium.start()) {
            BrowserContext window = chromium.window(WIDTH, 900, 2, ColorScheme.LIGHT);
            Page page = window.newPage();
            page.navigate(sample.address());
            page.navigate(sample.origin() + "/runs/1");
            page.waitForTimeout(1_500);
            page.getByLabel("window").selectOption("tonight");
            page.getByLabel("Comment").fill("Traffic is low after eight.");
            save(page.locator(".gate").screenshot(), images.resolve("gate-page.png"));
            sample.sluice.call("approve", "1", "approve", "--as", "zoe", "--comment", "Go", "--input", "window=now");
            sample.sluice.call(
                    "approve", "1", "approve", "--as", "bob", "--comment", "Fine.", "--input", "window=tonight");
            page.getByLabel("Comment").fill("Traffic is low after eight.");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve"))
                    .click();
            page.locator("main[data-over]").waitFor();
            page.locator("#timeline").evaluate("part => { part.hidden = true; }");
            page.waitForTimeout(1_500);
            save(page.screenshot(new Page.ScreenshotOptions().setFullPage(true)), images.resolve("run-page.png"));
        }
    }

    /** With the 256 colours that are used most, which makes it half as large; the others are edges of letters. */
    private static void save(byte[] png, Path file) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel & 0xffffff, 1, Integer::sum);
        }
        int[] palette = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .limit(256)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        IndexColorModel colours = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage small =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colours);
        Map<Integer, Integer> nearest = new HashMap<>();
        for (int i = 0; i < pixels.length; i++) {
            int index = nearest.computeIfAbsent(pixels[i] & 0xffffff, colour -> nearest(colour, palette));
            small.getRaster().setSample(i % image.getWidth(), i / image.getWidth(), 0, index);
        }
        ImageIO.write(small, "png", file.toFile());
    }

    private static int nearest(int colour, int[] palette) {
        return IntStream.range(0, palette.length)
                .boxed()
                .min(Comparator.comparingInt(i -> distance(colour, palette[i])))
                .orElseThrow();
    }

    private static int distance(int one, int other) {
        return IntStream.of(0, 8, 16)
                .map(shift -> ((one >> shift) & 0xff) - ((other >> shift) & 0xff))
                .map(d -> d * d)
                .sum();
    }
}
