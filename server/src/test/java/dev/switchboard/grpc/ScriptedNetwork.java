package dev.switchboard.grpc;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.ConnectorFactory;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.connector.capability.OwnProfile;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.instance.AppStateTrouble;
import dev.switchboard.model.instance.ConnectionHealth;
import dev.switchboard.model.instance.PairingMethod;
import dev.switchboard.model.instance.ReachoutLock;
import dev.switchboard.model.instance.StateCause;
import dev.switchboard.model.message.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** An engine without a network: the test is the phone. */
final class ScriptedNetwork implements ConnectorFactory {
  static final Peer OWN = new Peer(new PhoneNumber("15550001111"), new Lid("100000000001"));

  /** The instance whose engine can do nothing beside. */
  static final String PLAIN = "plain";

  static final Instant HEARD = Instant.parse("2026-06-01T12:00:00Z");

  static final Instant LOCK_END = HEARD.plusSeconds(3_600);

  static final ReachoutLock REACHOUT_LOCK = new ReachoutLock(HEARD, LOCK_END);

  private final Map<AccountKey, Account> accounts = new ConcurrentHashMap<>();

  @Override
  public Account connector(AccountKey account) {
    return accounts.computeIfAbsent(
        account, key -> key.instance().value().equals(PLAIN) ? new Account() : new NamedAccount());
  }

  /** One whose owner's name can be changed. */
  static final class NamedAccount extends Account implements OwnProfile {
    final Queue<String> names = new ConcurrentLinkedQueue<>();
    volatile @Nullable GatewayException refusal;

    @Override
    public void rename(String pushName) {
      if (refusal != null) {
        throw refusal;
      }
      names.add(pushName);
    }
  }

  /** One account; commands come from the test, in order. */
  static class Account implements Connector {
    private enum Command {
      SCAN,
      EXPIRE,
      LOCK,
      STOP,
      UNLINK
    }

    private final LinkedBlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private volatile boolean paired;
    private volatile @Nullable Failure refusal;
    private volatile @Nullable ConnectorHost host;

    void scan() {
      commands.add(Command.SCAN);
    }

    void expire() {
      commands.add(Command.EXPIRE);
    }

    /** The network says that the account is under {@link #REACHOUT_LOCK}. */
    void lock() {
      commands.add(Command.LOCK);
    }

    private static ConnectorEvent shown(PairingMethod method) {
      Instant end = Instant.now().plusSeconds(60);
      return switch (method) {
        case PairingMethod.QrCode _ -> new ConnectorEvent.QrShown("2@code", end);
        case PairingMethod.PhoneCode _ -> new ConnectorEvent.CodeShown("ABCD-EFGH", end);
      };
    }

    @Override
    @SuppressWarnings("RefactorSwitch") // One block per command reads better.
    public ConnectionEnd run(ConnectorHost host) throws InterruptedException {
      this.host = host;
      if (!paired) {
        host.on(shown(host.pairingMethod()));
      } else {
        host.on(new ConnectorEvent.LoggedIn(OWN));
      }
      return switch (commands.take()) {
        case SCAN -> {
          paired = true;
          host.on(new ConnectorEvent.Paired(OWN));
          yield new ConnectionEnd.Reconnect();
        }
        case EXPIRE -> new ConnectionEnd.NotPaired(StateCause.PAIRING_EXPIRED, "");
        case LOCK -> {
          host.reachoutLock(REACHOUT_LOCK);
          yield run(host);
        }
        case STOP -> new ConnectionEnd.Stopped();
        case UNLINK -> {
          paired = false;
          yield new ConnectionEnd.LoggedOut(StateCause.REQUESTED, "");
        }
      };
    }

    /** The network refuses every message from now on; null: it takes them again. */
    void refuse(@Nullable Failure failure) {
      refusal = failure;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
      ConnectorHost wired = host;
      if (wired != null) {
        wired.attempted(message.id(), List.of());
      }
      Failure refused = refusal;
      return refused == null
          ? new SendOutcome.Sent(Instant.now(), message.to())
          : new SendOutcome.Refused(refused);
    }

    @Override
    public Optional<ConnectionHealth> health() {
      return paired
          ? Optional.of(
              new ConnectionHealth(
                  HEARD,
                  HEARD.minusSeconds(5),
                  Duration.ofMillis(40),
                  HEARD,
                  List.of(new AppStateTrouble("regular", "PATCH_MAC", true))))
          : Optional.empty();
    }

    @Override
    public void unlink() {
      commands.add(Command.UNLINK);
    }

    @Override
    public void stop() {
      commands.add(Command.STOP);
    }
  }
}
