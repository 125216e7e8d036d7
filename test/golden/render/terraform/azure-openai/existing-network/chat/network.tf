# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# Inside the network the public names lead to the private addresses.
# azure-private-dns-zone: SA-9(5) SC-20
resource "azurerm_private_dns_zone" "openai" {
  name                = "privatelink.openai.azure.us"
  resource_group_name = azurerm_resource_group.endpoint.name
  tags                = local.tags
}

# azure-private-dns-zone: SA-9(5) SC-20
resource "azurerm_private_dns_zone_virtual_network_link" "openai" {
  name                  = azurerm_resource_group.endpoint.name
  resource_group_name   = azurerm_resource_group.endpoint.name
  private_dns_zone_name = azurerm_private_dns_zone.openai.name
  virtual_network_id    = var.network_id
  registration_enabled  = false
  tags                  = local.tags
}

# azure-private-dns-zone: SA-9(5) SC-20
resource "azurerm_private_dns_zone" "vault" {
  name                = "privatelink.vaultcore.usgovcloudapi.net"
  resource_group_name = azurerm_resource_group.endpoint.name
  tags                = local.tags
}

# azure-private-dns-zone: SA-9(5) SC-20
resource "azurerm_private_dns_zone_virtual_network_link" "vault" {
  name                  = azurerm_resource_group.endpoint.name
  resource_group_name   = azurerm_resource_group.endpoint.name
  private_dns_zone_name = azurerm_private_dns_zone.vault.name
  virtual_network_id    = var.network_id
  registration_enabled  = false
  tags                  = local.tags
}

# azure-private-dns-zone: SA-9(5) SC-20
resource "azurerm_private_dns_zone" "archive" {
  name                = "privatelink.blob.core.usgovcloudapi.net"
  resource_group_name = azurerm_resource_group.endpoint.name
  tags                = local.tags
}

# azure-private-dns-zone: SA-9(5) SC-20
resource "azurerm_private_dns_zone_virtual_network_link" "archive" {
  name                  = azurerm_resource_group.endpoint.name
  resource_group_name   = azurerm_resource_group.endpoint.name
  private_dns_zone_name = azurerm_private_dns_zone.archive.name
  virtual_network_id    = var.network_id
  registration_enabled  = false
  tags                  = local.tags
}

# The only way to the model. It waits for the deployment, since the account takes one change at a time.
# azure-location: SA-9(5)
# azure-private-endpoint-dns: SC-20 SC-7
resource "azurerm_private_endpoint" "openai" {
  name                = "${azurerm_resource_group.endpoint.name}-openai"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = var.location
  subnet_id           = var.subnet_id
  tags                = local.tags

  private_service_connection {
    name                           = "openai"
    private_connection_resource_id = azurerm_cognitive_account.endpoint.id
    subresource_names              = ["account"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [azurerm_private_dns_zone.openai.id]
  }

  depends_on = [azurerm_cognitive_deployment.endpoint]
}

# The way to the key for those who look after it.
# azure-location: SA-9(5)
# azure-private-endpoint-dns: SC-20 SC-7
resource "azurerm_private_endpoint" "vault" {
  name                = "${azurerm_resource_group.endpoint.name}-vault"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = var.location
  subnet_id           = var.subnet_id
  tags                = local.tags

  private_service_connection {
    name                           = "vault"
    private_connection_resource_id = azurerm_key_vault.endpoint.id
    subresource_names              = ["vault"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [azurerm_private_dns_zone.vault.id]
  }
}

# The way to the kept logs for those who read them.
# azure-location: SA-9(5)
# azure-private-endpoint-dns: SC-20 SC-7
resource "azurerm_private_endpoint" "archive" {
  name                = "${azurerm_resource_group.endpoint.name}-archive"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = var.location
  subnet_id           = var.subnet_id
  tags                = local.tags

  private_service_connection {
    name                           = "archive"
    private_connection_resource_id = azurerm_storage_account.archive.id
    subresource_names              = ["blob"]
    is_manual_connection           = false
  }

  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [azurerm_private_dns_zone.archive.id]
  }
}
