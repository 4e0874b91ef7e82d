package dev.hilo.platform.store;

import java.util.List;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.plugins.Plugin;

/**
 * Knows the one index setting that Tasklist 8.6 puts into its templates. It belongs to OpenSearch's
 * index-management plugin, which is not in Maven Central; without it the templates are refused.
 */
public final class IndexPolicySettingPlugin extends Plugin {
  private static final Setting<String> POLICY_ID =
      Setting.simpleString(
          "index.plugins.index_state_management.policy_id", Property.IndexScope, Property.Dynamic);

  /** Called by OpenSearch. */
  public IndexPolicySettingPlugin() {}

  @Override
  public List<Setting<?>> getSettings() {
    return List.of(POLICY_ID);
  }
}
