# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

data "azurerm_client_config" "current" {}

locals {
  # Names of accounts, vaults and storage are of all the cloud: this part tells them from those of others.
  suffix = substr(sha256("${var.subscription_id}/casework-chat"), 0, 10)

  tags = merge(var.tags, {
    rampart-system   = "casework"
    rampart-endpoint = "chat"
    rampart-baseline = "fedramp-rev5-moderate"
  })
}

# azure-location: SA-9(5)
resource "azurerm_resource_group" "endpoint" {
  name     = "casework-chat"
  location = var.location
  tags     = local.tags
}

# The account: no public network, no keys, its own host name, encrypted with the agency's key, and it calls out to nobody.
# azure-location: SA-9(5)
# azure-openai-cmk: SC-12 SC-13 SC-28 SC-28(1)
# azure-openai-custom-subdomain: IA-2 SC-7
# azure-openai-diagnostics: AU-2 AU-3 AU-12
# azure-openai-local-auth: AC-2 AC-2(1) AC-2(7) AC-3 IA-2 IA-4
# azure-openai-managed-identity: IA-2 AC-3
# azure-openai-network-acls: AC-4 SC-7 SC-7(3) SC-7(5)
# azure-openai-outbound: AC-4 SC-7(5)
# azure-openai-private-endpoint: AC-4 SC-7 SC-7(3)
# azure-openai-public-network: AC-4 SC-7 SC-7(3)
resource "azurerm_cognitive_account" "endpoint" {
  name                               = "${azurerm_resource_group.endpoint.name}-${local.suffix}"
  resource_group_name                = azurerm_resource_group.endpoint.name
  location                           = var.location
  kind                               = "OpenAI"
  sku_name                           = "S0"
  custom_subdomain_name              = "${azurerm_resource_group.endpoint.name}-${local.suffix}"
  public_network_access_enabled      = false
  local_auth_enabled                 = false
  outbound_network_access_restricted = true
  tags                               = local.tags

  network_acls {
    default_action = "Deny"
    bypass         = "None"
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.account.id]
  }

  # The newest version of the key at each apply.
  customer_managed_key {
    key_vault_key_id   = data.azurerm_key_vault_key.newest.id
    identity_client_id = azurerm_user_assigned_identity.account.client_id
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [azurerm_role_assignment.key]
}

# What is stopped: harm from medium severity on, attacks on the prompt, both direct and hidden in documents, and text and code of
# others. Every filter blocks.
# azure-openai-content-filter: SI-10 SI-4
resource "azurerm_cognitive_account_rai_policy" "blocking" {
  name                 = "blocking"
  cognitive_account_id = azurerm_cognitive_account.endpoint.id
  base_policy_name     = "Microsoft.DefaultV2"
  mode                 = "Blocking"

  content_filter {
    name               = "Hate"
    source             = "Prompt"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }

  content_filter {
    name               = "Sexual"
    source             = "Prompt"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }

  content_filter {
    name               = "Selfharm"
    source             = "Prompt"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }

  content_filter {
    name               = "Violence"
    source             = "Prompt"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }

  content_filter {
    name               = "Hate"
    source             = "Completion"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }

  content_filter {
    name               = "Sexual"
    source             = "Completion"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }

  content_filter {
    name               = "Selfharm"
    source             = "Completion"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }

  content_filter {
    name               = "Violence"
    source             = "Completion"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }

  content_filter {
    name               = "Jailbreak"
    source             = "Prompt"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }

  content_filter {
    name               = "Indirect Attack"
    source             = "Prompt"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }

  content_filter {
    name               = "Protected Material Text"
    source             = "Completion"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }

  content_filter {
    name               = "Protected Material Code"
    source             = "Completion"
    filter_enabled     = true
    block_enabled      = true
    severity_threshold = "Medium"
  }
}

# The version that was tested, in this region only, until another is named.
# azure-openai-content-filter: SI-10 SI-4
# azure-openai-deployment-sku: SA-9(5)
# azure-openai-model-version: CM-2 CM-3
resource "azurerm_cognitive_deployment" "endpoint" {
  name                   = "chat"
  cognitive_account_id   = azurerm_cognitive_account.endpoint.id
  rai_policy_name        = azurerm_cognitive_account_rai_policy.blocking.name
  version_upgrade_option = "NoAutoUpgrade"

  model {
    format  = "OpenAI"
    name    = "gpt-4.1"
    version = "2025-04-14"
  }

  sku {
    name     = "Standard"
    capacity = 50
  }
}

# Premium keeps keys in hardware. Closed to the public network; services of Azure that Microsoft trusts pass, which is how the account
# and the archive reach the key. Nobody can purge it before 90 days are over.
# azure-key-vault-diagnostics: AU-2 AU-12 SC-12
# azure-key-vault-network: AC-4 SC-7 SC-7(5)
# azure-key-vault-rbac: AC-3 AC-6
# azure-key-vault-recovery: SC-12 CP-9
# azure-location: SA-9(5)
resource "azurerm_key_vault" "endpoint" {
  name                          = "kv-${local.suffix}"
  resource_group_name           = azurerm_resource_group.endpoint.name
  location                      = var.location
  tenant_id                     = data.azurerm_client_config.current.tenant_id
  sku_name                      = "premium"
  rbac_authorization_enabled    = true
  purge_protection_enabled      = true
  soft_delete_retention_days    = 90
  public_network_access_enabled = false
  tags                          = local.tags

  network_acls {
    default_action = "Deny"
    bypass         = "AzureServices"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# One key for what the account and the archive keep. It never leaves the hardware, turns after a year, and its versions end after two:
# the account names one version, so apply again within the second year. 2048 bits are what Azure OpenAI takes.
# azure-key-hsm: SC-12 SC-13
# azure-key-rotation: SC-12
resource "azurerm_key_vault_key" "endpoint" {
  name         = "endpoint"
  key_vault_id = azurerm_key_vault.endpoint.id
  key_type     = "RSA-HSM"
  key_size     = 2048
  key_opts     = ["wrapKey", "unwrapKey"]
  tags         = local.tags

  rotation_policy {
    expire_after         = "P2Y"
    notify_before_expiry = "P90D"

    automatic {
      time_after_creation = "P1Y"
    }
  }

  lifecycle {
    prevent_destroy = true
  }

  # Made from inside the network, by somebody who holds a role on the vault's group; see runbook.md.
  depends_on = [azurerm_private_endpoint.vault, azurerm_private_dns_zone_virtual_network_link.vault]
}

# What the key's newest version is: the resource above goes on naming the one it made. Looked for by a part of its id, so that nobody
# looks before it is there.
data "azurerm_key_vault_key" "newest" {
  name         = basename(azurerm_key_vault_key.endpoint.versionless_id)
  key_vault_id = azurerm_key_vault.endpoint.id
}

# Nobody takes these away by mistake, and who takes away the lock is seen.
resource "azurerm_management_lock" "account" {
  name       = "account"
  scope      = azurerm_cognitive_account.endpoint.id
  lock_level = "CanNotDelete"
  notes      = "Kept by rampart: whoever takes this away is seen by an alert"
}

resource "azurerm_management_lock" "vault" {
  name       = "vault"
  scope      = azurerm_key_vault.endpoint.id
  lock_level = "CanNotDelete"
  notes      = "Kept by rampart: whoever takes this away is seen by an alert"
}

resource "azurerm_management_lock" "archive" {
  name       = "archive"
  scope      = azurerm_storage_account.archive.id
  lock_level = "CanNotDelete"
  notes      = "Kept by rampart: whoever takes this away is seen by an alert"
}

resource "azurerm_management_lock" "workspace" {
  name       = "workspace"
  scope      = azurerm_log_analytics_workspace.logs.id
  lock_level = "CanNotDelete"
  notes      = "Kept by rampart: whoever takes this away is seen by an alert"
}
