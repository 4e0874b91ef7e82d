package dev.hilo.simulators.mail;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** Files that customers of the stories attach. */
public final class SampleFiles {

  private SampleFiles() {}

  /** A small PNG: a vase with a crack. */
  public static byte[] picture() {
    BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(0xf3efe6));
    pen.fillRect(0, 0, 320, 240);
    pen.setColor(new Color(0xc2552d));
    pen.fillOval(105, 70, 110, 140);
    pen.fillRect(135, 35, 50, 60);
    pen.setColor(new Color(0x22243f));
    pen.drawPolyline(new int[] {170, 158, 174, 160}, new int[] {110, 140, 165, 208}, 4);
    pen.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("an image in memory can be written", e);
    }
    return out.toByteArray();
  }

  /** A PDF of one page with one line. */
  public static byte[] document(String line) {
    String content =
        "BT /F1 18 Tf 60 760 Td (" + line.replaceAll("[^A-Za-z0-9 ._-]", "?") + ") Tj ET";
    String[] objects = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
          + " /Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length " + content.length() + " >>\nstream\n" + content + "\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    };
    StringBuilder file = new StringBuilder("%PDF-1.4\n");
    StringBuilder places = new StringBuilder("0000000000 65535 f \n");
    for (int i = 0; i < objects.length; i++) {
      places.append("%010d 00000 n \n".formatted(file.length()));
      file.append(i + 1).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
    }
    int start = file.length();
    file.append("xref\n0 6\n").append(places);
    file.append("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n").append(start);
    return file.append("\n%%EOF\n").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
