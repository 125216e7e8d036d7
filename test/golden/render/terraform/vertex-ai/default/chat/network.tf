# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

# A network without the default way out. The one route leads to Google's restricted addresses, which answer for services that
# service perimeters hold and for no others; it stays in Google's network.
# gcp-no-default-network: CM-7 SA-9(5) SC-7
resource "google_compute_network" "endpoint" {
  project                         = google_project.endpoint.project_id
  name                            = "casework-chat"
  auto_create_subnetworks         = false
  delete_default_routes_on_create = true
  routing_mode                    = "REGIONAL"

  depends_on = [google_project_service.compute]
}

# gcp-location: SA-9(5)
# gcp-network-logs: AU-2 AU-12 SI-4
resource "google_compute_subnetwork" "callers" {
  project                  = google_project.endpoint.project_id
  name                     = "casework-chat-callers"
  region                   = var.region
  network                  = google_compute_network.endpoint.id
  ip_cidr_range            = "10.40.0.0/23"
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_5_SEC"
    flow_sampling        = 1
    metadata             = "INCLUDE_ALL_METADATA"
  }
}

resource "google_compute_route" "restricted" {
  project          = google_project.endpoint.project_id
  name             = "casework-chat-restricted"
  network          = google_compute_network.endpoint.id
  dest_range       = "199.36.153.4/30"
  next_hop_gateway = "default-internet-gateway"
}

# Out go calls to those addresses and to the endpoint, by TLS; nothing else goes out, and nothing comes in.
# gcp-firewall-egress: AC-4 SC-7 SC-7(5)
# gcp-firewall-ingress: AC-4 SC-7 SC-7(5)
resource "google_compute_firewall" "out" {
  project            = google_project.endpoint.project_id
  name               = "casework-chat-out"
  network            = google_compute_network.endpoint.id
  direction          = "EGRESS"
  priority           = 1000
  destination_ranges = ["199.36.153.4/30", "10.40.0.0/23"]

  allow {
    protocol = "tcp"
    ports    = ["443"]
  }

  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}

# gcp-firewall-egress: AC-4 SC-7 SC-7(5)
# gcp-firewall-ingress: AC-4 SC-7 SC-7(5)
resource "google_compute_firewall" "nothing_else_out" {
  project            = google_project.endpoint.project_id
  name               = "casework-chat-nothing-else-out"
  network            = google_compute_network.endpoint.id
  direction          = "EGRESS"
  priority           = 65000
  destination_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }

  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}

# gcp-firewall-egress: AC-4 SC-7 SC-7(5)
# gcp-firewall-ingress: AC-4 SC-7 SC-7(5)
resource "google_compute_firewall" "nothing_in" {
  project       = google_project.endpoint.project_id
  name          = "casework-chat-nothing-in"
  network       = google_compute_network.endpoint.id
  direction     = "INGRESS"
  priority      = 65000
  source_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }

  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}

# Inside the network every service of Google is found at the restricted addresses.
resource "google_dns_managed_zone" "google" {
  project    = google_project.endpoint.project_id
  name       = "googleapis"
  dns_name   = "googleapis.com."
  visibility = "private"
  labels     = local.labels

  private_visibility_config {
    networks {
      network_url = google_compute_network.endpoint.id
    }
  }

  depends_on = [google_project_service.dns]
}

resource "google_dns_record_set" "restricted" {
  project      = google_project.endpoint.project_id
  managed_zone = google_dns_managed_zone.google.name
  name         = "restricted.googleapis.com."
  type         = "A"
  ttl          = 300
  rrdatas      = ["199.36.153.4", "199.36.153.5", "199.36.153.6", "199.36.153.7"]
}

resource "google_dns_record_set" "services" {
  project      = google_project.endpoint.project_id
  managed_zone = google_dns_managed_zone.google.name
  name         = "*.googleapis.com."
  type         = "CNAME"
  ttl          = 300
  rrdatas      = ["restricted.googleapis.com."]
}

# The way in, once a model stands behind the endpoint and has told where it listens.
resource "google_compute_address" "endpoint" {
  count = var.service_attachment == "" ? 0 : 1

  project      = google_project.endpoint.project_id
  name         = "casework-chat-endpoint"
  region       = var.region
  address_type = "INTERNAL"
  subnetwork   = google_compute_subnetwork.callers.id
}

resource "google_compute_forwarding_rule" "endpoint" {
  count = var.service_attachment == "" ? 0 : 1

  project               = google_project.endpoint.project_id
  name                  = "casework-chat-endpoint"
  region                = var.region
  network               = google_compute_network.endpoint.id
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
