package dev.switchboard.contract;

import com.google.protobuf.FieldMask;
import dev.switchboard.api.v1.Profile;
import dev.switchboard.api.v1.UpdateProfileRequest;
import dev.switchboard.model.GatewayException;
import java.util.Set;

/** What callers change of an account's profile. */
public final class ProfileMapper {
  private static final Set<String> PATHS = Set.of("push_name", "*");

  private ProfileMapper() {}

  /** The new name; refused when the request names something else, or no name. */
  public static String pushName(UpdateProfileRequest request) {
    FieldMask mask = request.getUpdateMask();
    if (!PATHS.containsAll(mask.getPathsList())) {
      throw GatewayException.invalidField("update_mask", "must name push_name or *");
    }
    String name = request.getProfile().getPushName();
    if (name.isBlank()) {
      throw GatewayException.invalidField("profile.push_name", "must not be blank");
    }
    return name;
  }

  public static Profile toContract(String pushName) {
    return Profile.newBuilder().setPushName(pushName).build();
  }
}
