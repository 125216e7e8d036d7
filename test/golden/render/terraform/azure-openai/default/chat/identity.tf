# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# The account and the archive act under this identity, which may use the key and nothing else.
# azure-location: SA-9(5)
resource "azurerm_user_assigned_identity" "account" {
  name                = "${azurerm_resource_group.endpoint.name}-account"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = var.location
  tags                = local.tags
}

# On this key only: wrap and unwrap, no more.
# azure-no-delegation: AC-3 AC-20 IA-2 SA-9
# azure-role-least-privilege: AC-6 AC-3 AC-6(1)
resource "azurerm_role_assignment" "key" {
  scope                = azurerm_key_vault_key.endpoint.resource_versionless_id
  role_definition_name = "Key Vault Crypto Service Encryption User"
  principal_id         = azurerm_user_assigned_identity.account.principal_id
  principal_type       = "ServicePrincipal"
}

# On this account only: callers may call the model and change nothing.
# azure-no-delegation: AC-3 AC-20 IA-2 SA-9
# azure-role-least-privilege: AC-6 AC-3 AC-6(1)
resource "azurerm_role_assignment" "callers" {
  scope                = azurerm_cognitive_account.endpoint.id
  role_definition_name = "Cognitive Services OpenAI User"
  principal_id         = var.caller_principal_id
  principal_type       = var.caller_principal_type
}
