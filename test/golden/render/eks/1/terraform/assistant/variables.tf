# Written by rampart render; change rampart.yaml, not this file.
# System case-ai, endpoint assistant, baseline fedramp-rev5-moderate. Which requirement and controls a line serves:
# rampart render --target terraform --explain

variable "account_id" {
  description = "AWS account the endpoint belongs in. The provider refuses to act on any other."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has 12 digits."
  }
}

variable "region" {
  description = "Region of the endpoint. The system's boundary names this one; the same files elsewhere would be another system."
  type        = string
  default     = "us-gov-west-1"

  validation {
    condition     = var.region == "us-gov-west-1"
    error_message = "This endpoint belongs in us-gov-west-1."
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

# The values below are those of the plan. Each may be made tighter here, never looser.

variable "key_rotation_days" {
  description = "Days after which the key gets new material."
  type        = number
  default     = 365

  validation {
    condition     = var.key_rotation_days >= 90 && var.key_rotation_days <= 365
    error_message = "From 90 days, the least KMS takes, to 365, the most the plan allows."
  }
}

variable "key_deletion_days" {
  description = "Days a deletion of the key can still be taken back."
  type        = number
  default     = 30

  validation {
    condition     = var.key_deletion_days >= 30 && var.key_deletion_days <= 30
    error_message = "From 30 days, the least the plan allows, to 30, the most KMS takes."
  }
}

variable "log_retention_days" {
  description = "Days log groups keep what was logged: a number CloudWatch Logs takes."
  type        = number
  default     = 400

  validation {
    condition     = var.log_retention_days >= 400
    error_message = "The plan asks for 400 days or more."
  }
}

variable "object_lock_days" {
  description = "Days the trail's files can be altered or deleted by nobody. It cannot be shortened afterwards."
  type        = number
  default     = 400

  validation {
    condition     = var.object_lock_days >= 400 && var.object_lock_days <= 36500
    error_message = "The plan asks for 400 days or more; S3 takes a hundred years."
  }
}
