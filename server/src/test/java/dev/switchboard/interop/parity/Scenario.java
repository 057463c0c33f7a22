package dev.switchboard.interop.parity;

import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.DisconnectDevicesRequest;
import dev.switchboard.api.sandbox.v1.Fault;
import dev.switchboard.api.sandbox.v1.ListPeopleRequest;
import dev.switchboard.api.sandbox.v1.Person;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.Stanza;
import dev.switchboard.api.v1.LogOutInstanceRequest;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.TextContent;
import dev.switchboard.endtoend.Gateway;
import dev.switchboard.endtoend.Stage;
import dev.switchboard.interop.peer.BaileysPeer;
import dev.switchboard.interop.peer.Peer;
import dev.switchboard.interop.peer.PeerNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Plays each operation once through Switchboard and once through Baileys. The two talk to each
 * other, so that each is the other's audience.
 */
final class Scenario implements AutoCloseable {
  private static final String OURS = "ann";
  private static final String THEIRS = "ben";

  private final Stage stage;
  private final Gateway gateway;
  private final Recorder recorder;
  private final Path folder;
  private final BaileysPeer baileys;
  private final Map<String, List<Saying>> ours = new LinkedHashMap<>();
  private final Map<String, List<Saying>> theirs = new LinkedHashMap<>();
  private dev.switchboard.api.v1.Peer ourAccount = dev.switchboard.api.v1.Peer.getDefaultInstance();

  Scenario(Stage stage, Path folder) {
    this.stage = stage;
    this.gateway = stage.gateway();
    this.recorder = new Recorder(gateway::sandbox);
    this.folder = folder;
    this.baileys = baileys(THEIRS);
  }

  List<Comparison> play() throws InterruptedException {
    link();
    texts();
    typedTexts();
    damagedTexts();
    comeBack();
    logOut();
    linkByCode();
    return ours.keySet().stream().map(this::comparison).toList();
  }

  private void link() throws InterruptedException {
    String operation = "Linking by QR code, and the first login";
    ourAccount = gateway.link(OURS);
    ours.put(operation, ours(recorder.heard()));
    var _ = baileys.link();
    theirs.put(operation, theirs(recorder.heard()));
  }

  private void texts() throws InterruptedException {
    exchange("The first text to a person", "The first text of a person", "one", false);
    exchange("The next text to a person", "The next text of a person", "two", false);
  }

  private void typedTexts() throws InterruptedException {
    String operation = "A text that is seen typed";
    var request =
        SendMessageRequest.newBuilder()
            .setInstanceId(OURS)
            .setTo(theirAccount())
            .setText(TextContent.newBuilder().setText("typed"))
            .setTyping(true);
    var _ = gateway.messaging().sendMessage(request.build());
    var _ = baileys.awaitTyping("composing");
    var _ = baileys.awaitText("typed");
    ours.put(operation, ours(recorder.heard()));
    baileys.type(ourNumber() + "@s.whatsapp.net", "composing");
    var _ = baileys.send(ourNumber() + "@s.whatsapp.net", "typed too");
    var _ = gateway.awaitText(OURS, "typed too");
    theirs.put(operation, theirs(recorder.heard()));
  }

  private void damagedTexts() throws InterruptedException {
    exchange("Answering who could not read a text", "Asking for an unreadable text", "three", true);
  }

  /** One text each way: what one does in sending it, the other does in receiving it. */
  private void exchange(String sending, String receiving, String text, boolean damaged)
      throws InterruptedException {
    damage(damaged, THEIRS);
    String id = gateway.send(OURS, theirAccount(), "to Baileys: " + text).getMessageId();
    var _ = baileys.awaitText("to Baileys: " + text);
    var _ = gateway.awaitStatus(OURS, id, MessageStatus.MESSAGE_STATUS_DELIVERED);
    share(sending, receiving, true);
    damage(damaged, OURS);
    var _ = baileys.send(ourNumber() + "@s.whatsapp.net", "to Switchboard: " + text);
    var _ = gateway.awaitText(OURS, "to Switchboard: " + text);
    share(sending, receiving, false);
  }

  private void comeBack() throws InterruptedException {
    String operation = "Coming back after the connection broke";
    var _ =
        gateway
            .sandbox()
            .disconnectDevices(DisconnectDevicesRequest.newBuilder().setPerson(name(OURS)).build());
    List<Stanza> heard = recorder.heard();
    gateway.awaitReady(OURS);
    ours.put(operation, ours(join(heard, recorder.heard())));
    baileys.disconnect();
    var _ = baileys.connect();
    theirs.put(operation, theirs(recorder.heard()));
  }

  private void logOut() throws InterruptedException {
    String operation = "Logging out";
    baileys.logout();
    theirs.put(operation, theirs(recorder.heard()));
    var _ =
        gateway
            .instances()
            .logOutInstance(LogOutInstanceRequest.newBuilder().setInstanceId(OURS).build());
    ours.put(operation, ours(recorder.heard()));
  }

  private void damage(boolean damaged, String recipient) {
    if (damaged) {
      var _ =
          gateway
              .sandbox()
              .armFault(
                  ArmFaultRequest.newBuilder()
                      .setFault(Fault.FAULT_CIPHERTEXT)
                      .setTimes(1)
                      .setPerson(name(recipient))
                      .build());
    }
  }

  private void share(String sending, String receiving, boolean weSent) throws InterruptedException {
    List<Stanza> heard = recorder.heard();
    ours.put(weSent ? sending : receiving, ours(heard));
    theirs.put(weSent ? receiving : sending, theirs(heard));
  }

  /** By accounts of their own: those of before are logged out by now. */
  private void linkByCode() throws InterruptedException {
    String operation = "Linking by a code that is typed on the phone";
    var own = gateway.linkByCode(OURS + "-code");
    Names ourNames = new Names().with(own.getPhoneNumber(), "OWN").with(own.getLid(), "OWN-LID");
    ours.put(operation, sayings(recorder.heard(), _ -> true, ourNames));
    String name = THEIRS + "-code";
    String number = gateway.createPerson(name);
    try (Peer other = baileys(name)) {
      var _ = other.linkByCode(number, code -> gateway.type(number, code));
      Names names = new Names().with(number, "OWN").with(person(name).getLid(), "OWN-LID");
      theirs.put(
          operation,
          sayings(
              recorder.heard(),
              stanza -> !stanza.getPhoneNumber().equals(own.getPhoneNumber()),
              names));
    }
  }

  private BaileysPeer baileys(String name) {
    PeerNetwork network =
        new PeerNetwork(
            stage.sandbox().port(),
            HexFormat.of().formatHex(stage.sandbox().noiseRootKey()),
            stage.sandbox().certificate());
    return BaileysPeer.strict(network, name, folder.resolve(name));
  }

  private Comparison comparison(String operation) {
    return Comparison.of(
        operation,
        ours.getOrDefault(operation, List.of()),
        theirs.getOrDefault(operation, List.of()));
  }

  private List<Saying> ours(List<Stanza> heard) {
    return sayings(heard, this::isOurs, names("OWN", "PEER"));
  }

  private List<Saying> theirs(List<Stanza> heard) {
    return sayings(heard, Predicate.not(this::isOurs), names("PEER", "OWN"));
  }

  /** Before a login nobody has a number: while we link, nobody else is there. */
  private boolean isOurs(Stanza stanza) {
    String number = stanza.getPhoneNumber();
    return number.isEmpty() ? theirNumber().isEmpty() : number.equals(ourAccount.getPhoneNumber());
  }

  private Names names(String ourRole, String theirRole) {
    Names names =
        new Names().with(ourNumber(), ourRole).with(ourAccount.getLid(), ourRole + "-LID");
    return theirNumber().isEmpty()
        ? names
        : names.with(theirNumber(), theirRole).with(person(THEIRS).getLid(), theirRole + "-LID");
  }

  private static List<Saying> sayings(List<Stanza> heard, Predicate<Stanza> whose, Names names) {
    return heard.stream().filter(whose).map(stanza -> Saying.of(stanza.getNode(), names)).toList();
  }

  private String ourNumber() {
    return ourAccount.getPhoneNumber().substring(1);
  }

  private String theirNumber() {
    return baileys.account().replaceFirst("@.*", "");
  }

  private dev.switchboard.api.v1.Peer theirAccount() {
    return dev.switchboard.api.v1.Peer.newBuilder().setPhoneNumber("+" + theirNumber()).build();
  }

  private Person person(String name) {
    return gateway
        .sandbox()
        .listPeople(ListPeopleRequest.getDefaultInstance())
        .getPeopleList()
        .stream()
        .filter(person -> person.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Stanza> join(List<Stanza> one, List<Stanza> other) {
    List<Stanza> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private static PersonName name(String person) {
    return PersonName.newBuilder().setName(person).build();
  }

  @Override
  public void close() {
    baileys.close();
  }
}
