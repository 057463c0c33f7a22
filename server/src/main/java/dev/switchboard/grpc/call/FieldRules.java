package dev.switchboard.grpc.call;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import build.buf.validate.Violation;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest.FieldViolation;
import dev.switchboard.model.GatewayException;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.stream.Collectors;

/** The rules of the contract's fields, compiled once: the first use of a rule takes a second. */
public final class FieldRules {
  private final Validator validator;

  /**
   * @param requests the types of all requests
   */
  public FieldRules(List<Descriptor> requests) {
    try {
      validator = ValidatorFactory.newBuilder().buildWithDescriptors(requests, true);
    } catch (CompilationException e) {
      throw new IllegalStateException("the contract holds a rule that cannot be compiled", e);
    }
  }

  /**
   * Lets a request pass that breaks no rule.
   *
   * @throws StatusRuntimeException naming every field that breaks one
   */
  public void require(Object request) {
    if (!(request instanceof Message message)) {
      throw new IllegalArgumentException("requests are protobuf messages");
    }
    List<Violation> violations = validate(message).toProto().getViolationsList();
    if (!violations.isEmpty()) {
      throw Refusals.ofFields(violations.stream().map(FieldRules::translate).toList());
    }
  }

  /**
   * Lets one of several things pass that breaks no rule.
   *
   * @throws GatewayException INVALID_FIELD, naming the first field that breaks one
   */
  public void requireItem(Message item) {
    List<Violation> violations = validate(item).toProto().getViolationsList();
    if (!violations.isEmpty()) {
      Violation first = violations.getFirst();
      String rule = first.getMessage().isEmpty() ? "is not valid" : first.getMessage();
      throw GatewayException.invalidField(path(first.getField()), rule);
    }
  }

  private ValidationResult validate(Message message) {
    try {
      return validator.validate(message);
    } catch (ValidationException e) {
      throw new IllegalStateException("a rule of the contract cannot be evaluated", e);
    }
  }

  private static FieldViolation translate(Violation violation) {
    String field = path(violation.getField());
    String rule = violation.getMessage().isEmpty() ? "is not valid" : violation.getMessage();
    return Refusals.violation(field, field.isEmpty() ? rule : field + ": " + rule);
  }

  private static String path(FieldPath path) {
    return path.getElementsList().stream()
        .map(FieldPathElement::getFieldName)
        .collect(Collectors.joining("."));
  }
}
