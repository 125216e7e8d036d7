# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

terraform {
  required_version = ">= 1.9.0"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.55"
    }
  }

  # State names keys, roles and networks. Keep it in a storage account of the boundary, for example:
  # backend "azurerm" {
  #   environment          = "usgovernment"
  #   storage_account_name = "<account for state>"
  #   container_name       = "state"
  #   key                  = "casework/chat.tfstate"
  #   use_azuread_auth     = true
  # }
}

provider "azurerm" {
  environment         = "usgovernment"
  subscription_id     = var.subscription_id
  storage_use_azuread = true

  features {
    cognitive_account {
      purge_soft_delete_on_destroy = false
    }

    key_vault {
      purge_soft_delete_on_destroy    = false
      recover_soft_deleted_key_vaults = true
    }

    resource_group {
      prevent_deletion_if_contains_resources = true
    }

    # The archive takes no calls from where Terraform runs.
    storage {
      data_plane_available = false
    }
  }
}
