# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

terraform {
  required_version = ">= 1.9.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
  }

  # State names keys, accounts and networks. Keep it in a bucket of the boundary with versions and a key of the agency, for example:
  # backend "gcs" {
  #   bucket             = "<bucket for state>"
  #   prefix             = "casework/chat"
  #   kms_encryption_key = "<key>"
  # }
}

# Regional hosts where Google has them: the global ones process in any region.
provider "google" {
  region                    = var.region
  vertex_ai_custom_endpoint = "https://${var.region}-aiplatform.googleapis.com/v1/"
}
