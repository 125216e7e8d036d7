# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

variable "project_id" {
  description = "Id of the project to make. It cannot be changed or used again."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "6 to 30 lower-case letters, digits and hyphens, such as agency-ai-chat."
  }
}

variable "billing_account" {
  description = "Billing account of the project."
  type        = string

  validation {
    condition     = can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "An id such as 012345-6789AB-CDEF01."
  }
}

variable "access_policy" {
  description = "Number of the organization's access policy, which the service perimeter is a part of."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{6,20}$", var.access_policy))
    error_message = "A number such as 123456789012."
  }
}

variable "access_levels" {
  description = "Access levels from which people and pipelines outside of the network may reach what the perimeter holds."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for level in var.access_levels : startswith(level, "accessPolicies/")])
    error_message = "Names such as accessPolicies/123456789012/accessLevels/agency."
  }
}

variable "caller" {
  description = "Who may call the model: a group or a service account, never everybody."
  type        = string

  validation {
    condition     = can(regex("^(group|serviceAccount):[^@\\s]+@[^@\\s]+$", var.caller))
    error_message = "A member such as group:callers@agency.example.gov."
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

variable "region" {
  description = "Region of the endpoint. The system's boundary names this one; the same files elsewhere would be another system."
  type        = string
  default     = "us-east4"

  validation {
    condition     = var.region == "us-east4"
    error_message = "This endpoint belongs in us-east4."
  }
}

variable "service_attachment" {
  description = "Where the deployed model listens; known once a model is behind the endpoint, so empty at first."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.service_attachment == "" || can(regex("^projects/[^/]+/regions/[^/]+/serviceAttachments/[^/]+$", var.service_attachment))
    error_message = "A name such as projects/p/regions/us-east4/serviceAttachments/s."
  }
}

variable "network_id" {
  description = "Network that callers are in. It is not made here."
  type        = string
  default     = "projects/agency-network/global/networks/shared"

  validation {
    condition     = can(regex("^projects/[^/]+/global/networks/[^/]+$", var.network_id))
    error_message = "A name such as projects/agency-network/global/networks/shared."
  }
}

variable "subnetwork_id" {
  description = "Subnetwork of it that the endpoint gets its address in."
  type        = string
  default     = "projects/agency-network/regions/us-east4/subnetworks/callers"

  validation {
    condition     = can(regex("^projects/[^/]+/regions/us-east4/subnetworks/[^/]+$", var.subnetwork_id))
    error_message = "A name such as projects/agency-network/regions/us-east4/subnetworks/callers."
  }
}

variable "labels" {
  description = "Labels of every resource that takes them, besides those that say which system it is of."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(var.labels) <= 60
    error_message = "A resource may have 64 labels, of which the module keeps some."
  }
}

# The value below is that of the plan. It may be made tighter here, never looser.

variable "log_retention_days" {
  description = "Days that logs are kept, under lock: a longer time cannot be shortened again."
  type        = number
  default     = 400

  validation {
    condition     = var.log_retention_days >= 400 && var.log_retention_days <= 3650
    error_message = "From 400 days, the least the plan allows, to 3650, the most a log bucket takes."
  }
}
