package dev.switchboard.store.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Random;
import javax.sql.DataSource;

/**
 * Transactions on a real database whose connections may be lost: before the commit, or so that
 * nobody knows whether it took effect.
 */
public final class TroubledTransactions {
  private final Transactions transactions;
  private final Random random;
  private volatile boolean inTrouble;
  private volatile boolean answerLost;

  public TroubledTransactions(Database database, Random random) {
    this.random = random;
    this.transactions = new Transactions(source(database));
  }

  public Transactions transactions() {
    return transactions;
  }

  /** From now on connections are lost at random. */
  public void trouble() {
    inTrouble = true;
  }

  public void calm() {
    inTrouble = false;
  }

  /** The next commit takes effect, and its answer is lost. */
  public void loseNextAnswer() {
    answerLost = true;
  }

  public boolean inTrouble() {
    return inTrouble;
  }

  private DataSource source(Database database) {
    var real = database.source();
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          if (method.getName().equals("getConnection")) {
            lose(3);
            return connection(real.getConnection());
          }
          return method.invoke(real, arguments);
        });
  }

  private Connection connection(Connection real) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          var commits = method.getName().equals("commit");
          if (commits) {
            lose(3);
          }
          var result = method.invoke(real, arguments);
          if (commits && answerLost) {
            answerLost = false;
            throw lost();
          }
          if (commits) {
            lose(2);
          }
          return result;
        });
  }

  private void lose(int oneOf) throws SQLException {
    synchronized (random) {
      if (inTrouble && random.nextInt(oneOf) == 0) {
        throw lost();
      }
    }
  }

  private static SQLException lost() {
    return new SQLNonTransientConnectionException("lost", "08006");
  }

  private interface Call {
    Object answer(java.lang.reflect.Method method, Object[] arguments) throws Exception;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return call.answer(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
