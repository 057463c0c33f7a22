package dev.switchboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrPictureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "https://wa.me/settings/linked_devices#2@reference,bm9pc2U=,aWRlbnRpdHk=,c2VjcmV0,1"
      })
  void drawsWhatAScannerReads(String text) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(QrPicture.png(text)));
    int size = image.getWidth();
    assertThat(image.getHeight()).isEqualTo(size);
    int[] pixels = image.getRGB(0, 0, size, size, null, 0, size);
    var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(size, size, pixels)));
    assertThat(new QRCodeReader().decode(bitmap).getText()).isEqualTo(text);
    assertThat(pixels[0]).as("quiet zone").isEqualTo(0xFFFFFFFF);
  }
}
