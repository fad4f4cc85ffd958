#include "base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/error.h"

namespace vekha {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

}  // namespace

void throw_system_error(const std::string& what, const std::filesystem::path& path, int error_number) {
  std::string cause;
  switch (error_number) {
    case ENOSPC:
    case EDQUOT: cause = "на диске нет места"; break;
    case EACCES:
    case EPERM: cause = "нет прав"; break;
    case EROFS: cause = "диск только для чтения"; break;
    case ENOENT: cause = "нет такой папки"; break;
    case ENOTDIR: cause = "часть пути не папка"; break;
    case EISDIR: cause = "это папка"; break;
    case EFBIG: cause = "файл слишком велик для этого диска"; break;
    default: cause = std::strerror(error_number);
  }
  throw Error(ErrorCode::environment, fmt::format("{} «{}»: {}.", what, path.string(), cause), path.string());
}

std::string read_file(const std::filesystem::path& path, uintmax_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      throw Error(ErrorCode::unreadable, fmt::format("Файла «{}» нет. Проверьте имя и папку.", path.string()),
                  path.string());
    throw_system_error("Не удалось прочитать файл", path, errno);
  }
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) throw_system_error("Не удалось прочитать файл", path, errno);
  if (S_ISDIR(facts.st_mode))
    throw Error(ErrorCode::unreadable, fmt::format("«{}» – это папка, а нужен файл.", path.string()), path.string());
  std::string bytes;
  const auto too_large = [&] {
    return Error(ErrorCode::unreadable,
                 fmt::format("Файл «{}» больше {} МБ: такие файлы не читаются. Проверьте, тот ли это файл.",
                             path.string(), limit >> 20),
                 path.string());
  };
  if (static_cast<uintmax_t>(facts.st_size) > limit) throw too_large();
  bytes.reserve(static_cast<size_t>(facts.st_size));
  char buffer[1 << 16];
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_system_error("Не удалось прочитать файл", path, errno);
    if (count == 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(count));
    if (bytes.size() > limit) throw too_large();
  }
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  if (path.has_parent_path()) make_folder(path.parent_path());
  std::string temporary = (path.parent_path() / ".vekha-XXXXXX").string();
  const auto fail = [&](int error_number) {
    ::unlink(temporary.c_str());
    throw_system_error("Не удалось записать файл", path, error_number);
  };
  {
    const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.get() < 0) throw_system_error("Не удалось записать файл", path, errno);
    for (size_t done = 0; done < bytes.size();) {
      const ssize_t count = ::write(file.get(), bytes.data() + done, bytes.size() - done);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail(errno);
      done += static_cast<size_t>(count);
    }
    if (::fchmod(file.get(), 0644) != 0 || ::fsync(file.get()) != 0) fail(errno);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) fail(errno);
}

void make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw_system_error("Не удалось создать папку", path, error.value());
}

}  // namespace vekha
