package dev.switchboard.contract;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Draws QR codes as PNG: one bit a pixel, black on white, with the quiet zone that the standard
 * asks for. Written by hand since the picture is a few lines of format, and java.desktop is not
 * worth loading for it.
 */
public final class QrPicture {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int QUIET_ZONE_MODULES = 4;
  private static final int PIXELS_PER_MODULE = 6;

  private QrPicture() {}

  /** The text as a picture of about 400 by 400 pixels, depending on its length. */
  public static byte[] png(String text) {
    BitMatrix modules = modules(text);
    int size = modules.getWidth() * PIXELS_PER_MODULE;
    try {
      var out = new ByteArrayOutputStream();
      var png = new DataOutputStream(out);
      png.write(SIGNATURE);
      chunk(png, "IHDR", header(size));
      chunk(png, "IDAT", deflate(rows(modules, size)));
      chunk(png, "IEND", new byte[0]);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
  }

  private static BitMatrix modules(String text) {
    try {
      // Size 0 asks for one pixel a module.
      return new QRCodeWriter()
          .encode(
              text,
              BarcodeFormat.QR_CODE,
              0,
              0,
              Map.of(
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.L,
                  EncodeHintType.MARGIN,
                  QUIET_ZONE_MODULES));
    } catch (WriterException e) {
      throw new IllegalArgumentException("the text does not fit into a QR code", e);
    }
  }

  private static byte[] header(int size) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var header = new DataOutputStream(bytes);
    header.writeInt(size);
    header.writeInt(size);
    // One bit a pixel, grey; the only compression, filter and order there are.
    header.write(new byte[] {1, 0, 0, 0, 0});
    return bytes.toByteArray();
  }

  /** Each row is a byte 0 (no filter) and the pixels, the leftmost in the highest bit. */
  private static byte[] rows(BitMatrix modules, int size) {
    int stride = 1 + (size + 7) / 8;
    byte[] rows = new byte[stride * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        if (!modules.get(x / PIXELS_PER_MODULE, y / PIXELS_PER_MODULE)) {
          rows[y * stride + 1 + x / 8] |= (byte) (0x80 >>> (x % 8));
        }
      }
    }
    return rows;
  }

  private static byte[] deflate(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    }
    return out.toByteArray();
  }

  private static void chunk(DataOutputStream png, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    png.writeInt(data.length);
    png.write(name);
    png.write(data);
    png.writeInt((int) checksum.getValue());
  }
}
