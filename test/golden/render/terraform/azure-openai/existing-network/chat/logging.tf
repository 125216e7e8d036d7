# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# Where logs are searched. Nothing is sent in over the public network, and nobody reads with a key.
# azure-data-local-auth: AC-2 AC-3 IA-2 IA-4
# azure-location: SA-9(5)
# azure-log-retention: AU-11 SI-12
resource "azurerm_log_analytics_workspace" "logs" {
  name                            = "${azurerm_resource_group.endpoint.name}-logs"
  resource_group_name             = azurerm_resource_group.endpoint.name
  location                        = var.location
  sku                             = "PerGB2018"
  retention_in_days               = var.log_retention_days
  internet_ingestion_enabled      = false
  internet_query_enabled          = true
  local_authentication_enabled    = false
  allow_resource_only_permissions = true
  tags                            = local.tags

  lifecycle {
    prevent_destroy = true
  }
}

# Where logs are kept as they were written: nobody alters or deletes one before its time. Encrypted twice, once with the agency's key;
# no shared keys. Of networks it takes only those named, and none is; services of Azure that Microsoft trusts pass, which is how logs
# are written.
# azure-location: SA-9(5)
# azure-storage-cmk: SC-12 SC-13 SC-28 SC-28(1)
# azure-storage-cross-tenant: AC-4 SA-9(5)
# azure-storage-public-access: AC-4 SC-7 AC-3
# azure-storage-shared-key: AC-3 IA-2
# azure-storage-transport: SC-8 SC-8(1) SC-13
# azure-storage-versions: CP-9 CP-10 SI-12
resource "azurerm_storage_account" "archive" {
  name                              = "logs${local.suffix}"
  resource_group_name               = azurerm_resource_group.endpoint.name
  location                          = var.location
  account_kind                      = "StorageV2"
  account_tier                      = "Standard"
  account_replication_type          = "ZRS"
  https_traffic_only_enabled        = true
  min_tls_version                   = "TLS1_2"
  allow_nested_items_to_be_public   = false
  shared_access_key_enabled         = false
  default_to_oauth_authentication   = true
  cross_tenant_replication_enabled  = false
  local_user_enabled                = false
  sftp_enabled                      = false
  infrastructure_encryption_enabled = true
  public_network_access_enabled     = true
  tags                              = local.tags

  network_rules {
    default_action = "Deny"
    bypass         = ["AzureServices"]
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.account.id]
  }

  customer_managed_key {
    key_vault_key_id          = azurerm_key_vault_key.endpoint.versionless_id
    user_assigned_identity_id = azurerm_user_assigned_identity.account.id
  }

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = 90
    }

    container_delete_retention_policy {
      days = 90
    }
  }

  immutability_policy {
    period_since_creation_in_days = var.log_retention_days
    state                         = var.archive_locked ? "Locked" : "Unlocked"
    allow_protected_append_writes = true
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [azurerm_role_assignment.key]
}

# Who called, when, and what was changed. Azure writes neither prompts nor answers here.
# azure-delivery-in-boundary: AC-4 AC-20 AU-9 CA-3
resource "azurerm_monitor_diagnostic_setting" "account" {
  name                       = "account"
  target_resource_id         = azurerm_cognitive_account.endpoint.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id
  storage_account_id         = azurerm_storage_account.archive.id

  enabled_log {
    category = "Audit"
  }

  enabled_log {
    category = "RequestResponse"
  }

  enabled_log {
    category = "Trace"
  }

  enabled_metric {
    category = "AllMetrics"
  }
}

# Every use of the key.
# azure-delivery-in-boundary: AC-4 AC-20 AU-9 CA-3
resource "azurerm_monitor_diagnostic_setting" "vault" {
  name                       = "vault"
  target_resource_id         = azurerm_key_vault.endpoint.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id
  storage_account_id         = azurerm_storage_account.archive.id

  enabled_log {
    category = "AuditEvent"
  }

  enabled_log {
    category = "AzurePolicyEvaluationDetails"
  }

  enabled_metric {
    category = "AllMetrics"
  }
}

# Who reads the kept logs.
# azure-delivery-in-boundary: AC-4 AC-20 AU-9 CA-3
resource "azurerm_monitor_diagnostic_setting" "archive" {
  name                       = "archive"
  target_resource_id         = "${azurerm_storage_account.archive.id}/blobServices/default"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id

  enabled_log {
    category = "StorageRead"
  }

  enabled_log {
    category = "StorageWrite"
  }

  enabled_log {
    category = "StorageDelete"
  }

  enabled_metric {
    category = "Transaction"
  }
}

# Who searches the logs, and for what.
# azure-delivery-in-boundary: AC-4 AC-20 AU-9 CA-3
resource "azurerm_monitor_diagnostic_setting" "workspace" {
  name                       = "workspace"
  target_resource_id         = azurerm_log_analytics_workspace.logs.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id
  storage_account_id         = azurerm_storage_account.archive.id

  enabled_log {
    category = "Audit"
  }
}

# azure-alerts: AU-5 AU-6 SI-4(5)
resource "azurerm_monitor_action_group" "alerts" {
  name                = "${azurerm_resource_group.endpoint.name}-alerts"
  resource_group_name = azurerm_resource_group.endpoint.name
  short_name          = "rampart"
  tags                = local.tags

  email_receiver {
    name                    = "alerts"
    email_address           = var.alert_email
    use_common_alert_schema = true
  }
}

# Refused or malformed calls: a sign of probing.
# azure-alerts: AU-5 AU-6 SI-4(5)
resource "azurerm_monitor_metric_alert" "client_errors" {
  name                = "${azurerm_resource_group.endpoint.name}-client-errors"
  resource_group_name = azurerm_resource_group.endpoint.name
  scopes              = [azurerm_cognitive_account.endpoint.id]
  description         = "Refused or malformed calls: a sign of probing"
  severity            = 2
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.CognitiveServices/accounts"
    metric_name      = "AzureOpenAIRequests"
    aggregation      = "Total"
    operator         = "GreaterThan"
    threshold        = 50

    dimension {
      name     = "StatusCode"
      operator = "StartsWith"
      values   = ["4"]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.alerts.id
  }
}

# The service answers with errors.
# azure-alerts: AU-5 AU-6 SI-4(5)
resource "azurerm_monitor_metric_alert" "server_errors" {
  name                = "${azurerm_resource_group.endpoint.name}-server-errors"
  resource_group_name = azurerm_resource_group.endpoint.name
  scopes              = [azurerm_cognitive_account.endpoint.id]
  description         = "The service answers with errors"
  severity            = 2
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.CognitiveServices/accounts"
    metric_name      = "AzureOpenAIRequests"
    aggregation      = "Total"
    operator         = "GreaterThan"
    threshold        = 10

    dimension {
      name     = "StatusCode"
      operator = "StartsWith"
      values   = ["5"]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.alerts.id
  }
}

# Calls beyond the quota: a sign of abuse.
# azure-alerts: AU-5 AU-6 SI-4(5)
resource "azurerm_monitor_metric_alert" "blocked_calls" {
  name                = "${azurerm_resource_group.endpoint.name}-blocked-calls"
  resource_group_name = azurerm_resource_group.endpoint.name
  scopes              = [azurerm_cognitive_account.endpoint.id]
  description         = "Calls beyond the quota: a sign of abuse"
  severity            = 2
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.CognitiveServices/accounts"
    metric_name      = "AzureOpenAIRequests"
    aggregation      = "Total"
    operator         = "GreaterThan"
    threshold        = 50

    dimension {
      name     = "StatusCode"
      operator = "Include"
      values   = ["429"]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.alerts.id
  }
}

# Somebody changes the account.
# azure-alerts: AU-5 AU-6 SI-4(5)
# azure-location: SA-9(5)
resource "azurerm_monitor_activity_log_alert" "account_change" {
  name                = "${azurerm_resource_group.endpoint.name}-account-change"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = "global"
  scopes              = [azurerm_resource_group.endpoint.id]
  description         = "Somebody changes the account"
  tags                = local.tags

  criteria {
    category       = "Administrative"
    operation_name = "Microsoft.CognitiveServices/accounts/write"
  }

  action {
    action_group_id = azurerm_monitor_action_group.alerts.id
  }
}

# Somebody asks for keys of the account, which it does not take.
# azure-alerts: AU-5 AU-6 SI-4(5)
# azure-location: SA-9(5)
resource "azurerm_monitor_activity_log_alert" "account_keys" {
  name                = "${azurerm_resource_group.endpoint.name}-account-keys"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = "global"
  scopes              = [azurerm_resource_group.endpoint.id]
  description         = "Somebody asks for keys of the account, which it does not take"
  tags                = local.tags

  criteria {
    category       = "Administrative"
    operation_name = "Microsoft.CognitiveServices/accounts/listKeys/action"
  }

  action {
    action_group_id = azurerm_monitor_action_group.alerts.id
  }
}

# Somebody switches off a log.
# azure-alerts: AU-5 AU-6 SI-4(5)
# azure-location: SA-9(5)
resource "azurerm_monitor_activity_log_alert" "log_removal" {
  name                = "${azurerm_resource_group.endpoint.name}-log-removal"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = "global"
  scopes              = [azurerm_resource_group.endpoint.id]
  description         = "Somebody switches off a log"
  tags                = local.tags

  criteria {
    category       = "Administrative"
    operation_name = "Microsoft.Insights/diagnosticSettings/delete"
  }

  action {
    action_group_id = azurerm_monitor_action_group.alerts.id
  }
}

# Somebody changes the vault of the key.
# azure-alerts: AU-5 AU-6 SI-4(5)
# azure-location: SA-9(5)
resource "azurerm_monitor_activity_log_alert" "vault_change" {
  name                = "${azurerm_resource_group.endpoint.name}-vault-change"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = "global"
  scopes              = [azurerm_resource_group.endpoint.id]
  description         = "Somebody changes the vault of the key"
  tags                = local.tags

  criteria {
    category       = "Administrative"
    operation_name = "Microsoft.KeyVault/vaults/write"
  }

  action {
    action_group_id = azurerm_monitor_action_group.alerts.id
  }
}

# Somebody is given a role.
# azure-alerts: AU-5 AU-6 SI-4(5)
# azure-location: SA-9(5)
resource "azurerm_monitor_activity_log_alert" "role_change" {
  name                = "${azurerm_resource_group.endpoint.name}-role-change"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = "global"
  scopes              = [azurerm_resource_group.endpoint.id]
  description         = "Somebody is given a role"
  tags                = local.tags

  criteria {
    category       = "Administrative"
    operation_name = "Microsoft.Authorization/roleAssignments/write"
  }

  action {
    action_group_id = azurerm_monitor_action_group.alerts.id
  }
}

# Somebody takes away a lock.
# azure-alerts: AU-5 AU-6 SI-4(5)
# azure-location: SA-9(5)
resource "azurerm_monitor_activity_log_alert" "lock_removal" {
  name                = "${azurerm_resource_group.endpoint.name}-lock-removal"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = "global"
  scopes              = [azurerm_resource_group.endpoint.id]
  description         = "Somebody takes away a lock"
  tags                = local.tags

  criteria {
    category       = "Administrative"
    operation_name = "Microsoft.Authorization/locks/delete"
  }

  action {
    action_group_id = azurerm_monitor_action_group.alerts.id
  }
}
