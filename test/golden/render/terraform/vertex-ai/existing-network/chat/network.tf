# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# The way in, once a model stands behind the endpoint and has told where it listens.
resource "google_compute_address" "endpoint" {
  count = var.service_attachment == "" ? 0 : 1

  project      = local.network_project
  name         = "casework-chat-endpoint"
  region       = var.region
  address_type = "INTERNAL"
  subnetwork   = var.subnetwork_id
}

resource "google_compute_forwarding_rule" "endpoint" {
  count = var.service_attachment == "" ? 0 : 1

  project               = local.network_project
  name                  = "casework-chat-endpoint"
  region                = var.region
  network               = var.network_id
  ip_address            = google_compute_address.endpoint[0].id
  target                = var.service_attachment
  load_balancing_scheme = ""
}

# Data of these services stays inside: a stolen token opens nothing from elsewhere, and nothing is copied to another project. Made last,
# since it also holds whoever applies this; see runbook.md.
# gcp-service-perimeter: AC-4 SC-7
resource "google_access_context_manager_service_perimeter" "endpoint" {
  parent         = "accessPolicies/${var.access_policy}"
  name           = "accessPolicies/${var.access_policy}/servicePerimeters/casework_chat"
  title          = "casework-chat"
  perimeter_type = "PERIMETER_TYPE_REGULAR"

  status {
    resources     = ["projects/${google_project.endpoint.number}"]
    access_levels = var.access_levels
    restricted_services = [
      "aiplatform.googleapis.com",
      "artifactregistry.googleapis.com",
      "cloudkms.googleapis.com",
      "logging.googleapis.com",
      "storage.googleapis.com",
    ]

    vpc_accessible_services {
      enable_restriction = true
      allowed_services   = ["RESTRICTED-SERVICES"]
    }
  }

  depends_on = [
    google_logging_project_sink.endpoint,
    google_storage_bucket.models,
    google_vertex_ai_endpoint.endpoint,
  ]
}
