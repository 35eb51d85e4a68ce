# A machine of kit as a job of Nomad, with its driver "qemu":
#
#   kit build -f qcow2-bios web.yml            # web.qcow2, to a web server that the clients reach
#   nomad job run -var checksum=sha256:$(sha256sum web.qcow2 | cut -d' ' -f1) web.nomad.hcl
#
# A new image has another checksum, so that `nomad job run` replaces the machine. Its data disk is a file of the client,
# made once by its operator, and the job stays where that file is:
#
#   qemu-img create -f qcow2 /srv/kit/web-data.qcow2 10G
#
# The client's configuration allows the folder, and says that it has the disk:
#
#   client { meta { "kit-web-data" = "true" } }
#   plugin "qemu" { config { image_paths = ["/srv/kit"] } }
#
# The manifest finds the disk by `match: {serial: kit-data}`.
variable "checksum" {
  type        = string
  description = "of the image: sha256:…"
}

variable "image" {
  type    = string
  default = "https://images.example/web.qcow2"
}

job "web" {
  type = "service"

  constraint {
    attribute = "${meta.kit-web-data}"
    value     = "true"
  }

  group "web" {
    # A disk has one machine at a time: the old one ends before the new one starts.
    count = 1
    update {
      max_parallel     = 1
      min_healthy_time = "10s"
      healthy_deadline = "5m"
      auto_revert      = true
    }

    network {
      port "http" {}
    }

    task "machine" {
      driver = "qemu"

      # With the guest agent the machine shuts down in order (pkg/qemu-ga); after this time it is killed.
      kill_timeout = "120s"

      artifact {
        source      = var.image
        destination = "local/web.qcow2"
        mode        = "file"
        options {
          checksum = var.checksum
        }
      }

      config {
        image_path        = "local/web.qcow2"
        drive_interface   = "virtio"
        accelerator       = "kvm"
        graceful_shutdown = true
        guest_agent       = true
        args = [
          "-machine", "q35", "-cpu", "host", "-smp", "2", "-nodefaults", "-serial", "stdio",
          "-netdev", "user,id=net,hostfwd=tcp::${NOMAD_PORT_http}-:80",
          "-device", "virtio-net-pci,netdev=net",
          "-drive", "if=none,id=data,format=qcow2,discard=unmap,file=/srv/kit/web-data.qcow2",
          "-device", "virtio-blk-pci,drive=data,serial=kit-data",
          "-object", "rng-random,id=rng,filename=/dev/urandom", "-device", "virtio-rng-pci,rng=rng",
        ]
      }

      resources {
        cpu    = 1000
        memory = 1024
      }

      service {
        name     = "web"
        port     = "http"
        provider = "nomad"
      }
    }
  }
}
