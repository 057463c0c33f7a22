package dev.switchboard.whatsapp.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.proto.MessageContextInfo;
import org.junit.jupiter.api.Test;

class ContentsTest {
  @Test
  void bothFormsOfTextAreText() {
    Message plain = Message.newBuilder().setConversation("hi").build();
    Message extended =
        Message.newBuilder()
            .setExtendedTextMessage(Message.ExtendedTextMessage.newBuilder().setText("hi"))
            .build();

    assertThat(Contents.of(plain)).contains(new MessageContent.Text("hi"));
    assertThat(Contents.of(extended)).contains(new MessageContent.Text("hi"));
  }

  @Test
  void aDisappearingTextIsText() {
    Message inner = Message.newBuilder().setConversation("gone soon").build();
    Message wrapped =
        Message.newBuilder()
            .setEphemeralMessage(Message.FutureProofMessage.newBuilder().setMessage(inner))
            .build();

    assertThat(Contents.of(wrapped)).contains(new MessageContent.Text("gone soon"));
  }

  @Test
  void anotherKindIsKeptRawUnderItsName() {
    Message image =
        Message.newBuilder().setImageMessage(ByteString.copyFromUtf8("whatever")).build();

    assertThat(Contents.of(image))
        .get()
        .isInstanceOfSatisfying(
            MessageContent.Unsupported.class,
            content -> {
              assertThat(content.kind()).isEqualTo("imageMessage");
              assertThat(content.raw()).isEqualTo(image.toByteArray());
            });
  }

  @Test
  void aProtocolMessageSaysWhich() {
    Message revoke =
        Message.newBuilder()
            .setProtocolMessage(
                Message.ProtocolMessage.newBuilder().setType(Message.ProtocolMessage.Type.REVOKE))
            .build();

    assertThat(Contents.of(revoke))
        .get()
        .isInstanceOfSatisfying(
            MessageContent.Unsupported.class,
            content -> assertThat(content.kind()).isEqualTo("protocolMessage.REVOKE"));
  }

  @Test
  void aKindOfTheFutureIsKept() throws Exception {
    byte[] unknown = {(byte) 0xfa, 0x3e, 2, 8, 1}; // Field 1007, two bytes.

    assertThat(Contents.of(Message.parseFrom(unknown)))
        .get()
        .isInstanceOfSatisfying(
            MessageContent.Unsupported.class,
            content -> {
              assertThat(content.kind()).isEqualTo("unknown");
              assertThat(content.raw()).isEqualTo(unknown);
            });
  }

  @Test
  void whatOnlyGoesWithMessagesIsNone() {
    Message companion =
        Message.newBuilder().setMessageContextInfo(MessageContextInfo.newBuilder()).build();

    assertThat(Contents.of(companion)).isEmpty();
  }
}
