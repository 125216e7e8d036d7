# Written by rampart render; change rampart.yaml, not this file.
# System case-ai, endpoint assistant, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }

  # State names keys, roles and networks. Keep it in an encrypted, versioned bucket of the boundary, for example (locks in the
  # bucket itself come with Terraform 1.10):
  # backend "s3" {
  #   bucket       = "<bucket for state>"
  #   key          = "case-ai/assistant.tfstate"
  #   region       = "us-gov-west-1"
  #   encrypt      = true
  #   use_lockfile = true
  # }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]
  use_fips_endpoint   = true

  default_tags {
    tags = merge(var.tags, {
      "rampart:system"   = "case-ai"
      "rampart:endpoint" = "assistant"
      "rampart:baseline" = "fedramp-rev5-high"
    })
  }
}
