# Written by rampart render; change rampart.yaml, not this file.
# System casework, endpoint chat, baseline fedramp-rev5-high. Which requirement and controls a line serves:
# rampart render --target terraform --explain

locals {
  folder = "folders/123456789012"
}

# A project of its own, without the network Google would give it.
# gcp-no-default-network: CM-7 SA-9(5) SC-7
resource "google_project" "endpoint" {
  name                = "casework-chat"
  project_id          = var.project_id
  folder_id           = local.folder
  billing_account     = var.billing_account
  auto_create_network = false
  deletion_policy     = "PREVENT"
  labels              = local.labels
}

locals {
  labels = merge(var.labels, {
    rampart-system   = "casework"
    rampart-endpoint = "chat"
    rampart-baseline = "fedramp-rev5-high"
  })

  # The project of the network, which the way in is made in.
  network_project = split("/", var.network_id)[1]

  # Accounts that services of Google act under in this project; the runbook makes the first.
  vertex_agent = "serviceAccount:service-${google_project.endpoint.number}@gcp-sa-aiplatform.iam.gserviceaccount.com"
}

resource "google_project_service" "accesscontextmanager" {
  project            = google_project.endpoint.project_id
  service            = "accesscontextmanager.googleapis.com"
  disable_on_destroy = false
}

resource "google_project_service" "aiplatform" {
  project            = google_project.endpoint.project_id
  service            = "aiplatform.googleapis.com"
  disable_on_destroy = false
}

resource "google_project_service" "artifactregistry" {
  project            = google_project.endpoint.project_id
  service            = "artifactregistry.googleapis.com"
  disable_on_destroy = false
}

resource "google_project_service" "cloudkms" {
  project            = google_project.endpoint.project_id
  service            = "cloudkms.googleapis.com"
  disable_on_destroy = false
}

resource "google_project_service" "compute" {
  project            = google_project.endpoint.project_id
  service            = "compute.googleapis.com"
  disable_on_destroy = false
}

resource "google_project_service" "dns" {
  project            = google_project.endpoint.project_id
  service            = "dns.googleapis.com"
  disable_on_destroy = false
}

resource "google_project_service" "logging" {
  project            = google_project.endpoint.project_id
  service            = "logging.googleapis.com"
  disable_on_destroy = false
}

resource "google_project_service" "monitoring" {
  project            = google_project.endpoint.project_id
  service            = "monitoring.googleapis.com"
  disable_on_destroy = false
}

resource "google_project_service" "orgpolicy" {
  project            = google_project.endpoint.project_id
  service            = "orgpolicy.googleapis.com"
  disable_on_destroy = false
}

resource "google_project_service" "storage" {
  project            = google_project.endpoint.project_id
  service            = "storage.googleapis.com"
  disable_on_destroy = false
}

# gcp-location: SA-9(5)
resource "google_kms_key_ring" "endpoint" {
  project  = google_project.endpoint.project_id
  name     = "casework-chat"
  location = var.region

  depends_on = [google_project_service.cloudkms]
}

# One key for what the endpoint, its models and its logs keep. It never leaves the hardware and turns every 90 days; a version can be
# brought back for 30 days after somebody destroys it.
# gcp-key-hsm: SC-12 SC-13
# gcp-key-rotation: SC-12
resource "google_kms_crypto_key" "endpoint" {
  name                       = "endpoint"
  key_ring                   = google_kms_key_ring.endpoint.id
  purpose                    = "ENCRYPT_DECRYPT"
  rotation_period            = "7776000s"
  destroy_scheduled_duration = "2592000s"
  labels                     = local.labels

  version_template {
    algorithm        = "GOOGLE_SYMMETRIC_ENCRYPTION"
    protection_level = "HSM"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# The endpoint: encrypted with the agency's key, and reached through Private Service Connect by named projects only. A model is put
# behind it afterwards; see runbook.md.
# gcp-location: SA-9(5)
# vertex-cmek: SC-12 SC-13 SC-28 SC-28(1)
# vertex-private-endpoint: AC-4 SC-7
resource "google_vertex_ai_endpoint" "endpoint" {
  project      = google_project.endpoint.project_id
  name         = "375693128"
  display_name = "casework-chat"
  description  = "Serves openai/gpt-oss-20b"
  location     = var.region
  region       = var.region
  labels       = local.labels

  encryption_spec {
    kms_key_name = google_kms_crypto_key.endpoint.id
  }

  private_service_connect_config {
    enable_private_service_connect = true
    project_allowlist              = [var.project_id, local.network_project]
  }

  depends_on = [google_project_service.aiplatform, google_kms_crypto_key_iam_member.vertex]
}

# Weights and what they are loaded with. Whoever replaces a file leaves the old one behind, and nobody deletes one before its time.
# gcp-bucket-public-access: AC-3 AC-4 SC-7
# gcp-location: SA-9(5)
# gcp-storage-cmek: SC-12 SC-13 SC-28 SC-28(1)
resource "google_storage_bucket" "models" {
  project                     = google_project.endpoint.project_id
  name                        = "${var.project_id}-models"
  location                    = var.region
  storage_class               = "STANDARD"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false
  labels                      = local.labels

  encryption {
    default_kms_key_name = google_kms_crypto_key.endpoint.id
  }

  versioning {
    enabled = true
  }

  retention_policy {
    retention_period = 2592000
    is_locked        = false
  }

  soft_delete_policy {
    retention_duration_seconds = 2592000
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.storage, google_kms_crypto_key_iam_member.storage]
}
