# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# A network of its own with no way to the internet: no public address, no NAT, and none of the access Azure gives by default.
# Its subnets span the zones of the region.
# azure-location: SA-9(5)
# azure-subnet-nsg: AC-4 SC-7 SC-7(5)
resource "azurerm_virtual_network" "endpoint" {
  name                = "${azurerm_resource_group.endpoint.name}-network"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = var.location
  address_space       = ["10.40.0.0/22"]
  tags                = local.tags
}

# azure-subnet-nsg: AC-4 SC-7 SC-7(5)
resource "azurerm_subnet" "callers" {
  name                            = "callers"
  resource_group_name             = azurerm_resource_group.endpoint.name
  virtual_network_name            = azurerm_virtual_network.endpoint.name
  address_prefixes                = ["10.40.0.0/23"]
  default_outbound_access_enabled = false
}

# azure-subnet-nsg: AC-4 SC-7 SC-7(5)
resource "azurerm_subnet" "endpoints" {
  name                              = "endpoints"
  resource_group_name               = azurerm_resource_group.endpoint.name
  virtual_network_name              = azurerm_virtual_network.endpoint.name
  address_prefixes                  = ["10.40.2.0/23"]
  default_outbound_access_enabled   = false
  private_endpoint_network_policies = "Enabled"
}

# What may reach the private endpoints: callers of this network and operators of those peered with it, by TLS. Nothing goes out from
# there.
# azure-location: SA-9(5)
# azure-nsg-egress: AC-4 SC-7 SC-7(5)
# azure-nsg-ingress: AC-4 SC-7 SC-7(5)
resource "azurerm_network_security_group" "endpoints" {
  name                = "${azurerm_resource_group.endpoint.name}-endpoints"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = var.location
  tags                = local.tags

  security_rule {
    name                       = "callers-in"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefixes    = concat(["10.40.0.0/22"], var.operator_ranges)
    source_port_range          = "*"
    destination_address_prefix = "10.40.2.0/23"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "nothing-else-in"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "nothing-out"
    priority                   = 4096
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
}

# Callers reach the private endpoints and nothing else. They sign in as managed identities, which needs no way out; who needs one adds
# a rule to a firewall, not to the internet.
# azure-location: SA-9(5)
# azure-nsg-egress: AC-4 SC-7 SC-7(5)
# azure-nsg-ingress: AC-4 SC-7 SC-7(5)
resource "azurerm_network_security_group" "callers" {
  name                = "${azurerm_resource_group.endpoint.name}-callers"
  resource_group_name = azurerm_resource_group.endpoint.name
  location            = var.location
  tags                = local.tags

  security_rule {
    name                       = "endpoints-out"
    priority                   = 100
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefix      = "10.40.0.0/23"
    source_port_range          = "*"
    destination_address_prefix = "10.40.2.0/23"
    destination_port_range     = "443"
  }

  security_rule {
    name                       = "nothing-in"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }

  security_rule {
    name                       = "nothing-else-out"
    priority                   = 4096
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "callers" {
  subnet_id                 = azurerm_subnet.callers.id
  network_security_group_id = azurerm_network_security_group.callers.id
}

resource "azurerm_subnet_network_security_group_association" "endpoints" {
  subnet_id                 = azurerm_subnet.endpoints.id
  network_security_group_id = azurerm_network_security_group.endpoints.id
}

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
  virtual_network_id    = azurerm_virtual_network.endpoint.id
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
  virtual_network_id    = azurerm_virtual_network.endpoint.id
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
  virtual_network_id    = azurerm_virtual_network.endpoint.id
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
  subnet_id           = azurerm_subnet.endpoints.id
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
  subnet_id           = azurerm_subnet.endpoints.id
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
  subnet_id           = azurerm_subnet.endpoints.id
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
