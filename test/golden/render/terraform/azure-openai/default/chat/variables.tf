# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

variable "subscription_id" {
  description = "Subscription of Azure Government the endpoint belongs in."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "A subscription id such as 0f3c6f0e-51c5-4d5e-9a53-6b1d9c7a2e48."
  }
}

variable "caller_principal_id" {
  description = "Object id, in Microsoft Entra ID, of the group or managed identity that may call the model."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.caller_principal_id))
    error_message = "An object id such as 0f3c6f0e-51c5-4d5e-9a53-6b1d9c7a2e48."
  }
}

variable "caller_principal_type" {
  description = "What that object is; a managed identity is a ServicePrincipal."
  type        = string
  default     = "Group"

  validation {
    condition     = contains(["Group", "ServicePrincipal"], var.caller_principal_type)
    error_message = "Group or ServicePrincipal."
  }
}

variable "alert_email" {
  description = "Mail address that alerts go to: a mailbox somebody reads."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+$", var.alert_email))
    error_message = "A mail address."
  }
}

variable "location" {
  description = "Region of the endpoint. The system's boundary names this one; the same files elsewhere would be another system."
  type        = string
  default     = "usgovvirginia"

  validation {
    condition     = var.location == "usgovvirginia"
    error_message = "This endpoint belongs in usgovvirginia."
  }
}

variable "operator_ranges" {
  description = "IPv4 ranges of peered networks from which Terraform runs and people look after the key and the logs."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for cidr in var.operator_ranges : can(cidrnetmask(cidr)) && can(regex("/(1[6-9]|2[0-9]|3[0-2])$", cidr))])
    error_message = "IPv4 ranges from /16 to /32, such as 10.90.0.0/28."
  }
}

variable "tags" {
  description = "Tags of every resource, besides those that say which system it is of."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(var.tags) <= 40
    error_message = "A resource may have 50 tags, of which the module keeps some."
  }
}

variable "archive_locked" {
  description = "Whether the archive's policy is locked. Azure makes it unlocked only; set this after the first apply, for good."
  type        = bool
  default     = false
  nullable    = false
}

# The value below is that of the plan. It may be made tighter here, never looser.

variable "log_retention_days" {
  description = "Days that logs can be searched in the workspace, and cannot be altered in the archive."
  type        = number
  default     = 400

  validation {
    condition     = var.log_retention_days >= 400 && var.log_retention_days <= 730
    error_message = "From 400 days, the least the plan allows, to 730, the most a workspace takes."
  }
}
