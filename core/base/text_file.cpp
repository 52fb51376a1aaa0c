#include "core/base/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/base/error.h"

namespace gamegpt {

namespace fs = std::filesystem;

std::string read_file(const std::string& path, std::size_t max_bytes, const std::function<void(double)>& progress) {
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (!fs::exists(status)) throw Error(Error::Code::not_found, "there is no such file", {path, {}, {}});
    if (fs::is_directory(status))
        throw Error(Error::Code::unreadable, "this is a folder; a file was expected", {path, {}, {}});
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw Error(Error::Code::unreadable, std::string("cannot be opened: ") + std::strerror(errno), {path, {}, {}});
    if (fs::is_regular_file(status)) {
        const auto size = fs::file_size(path, failure);
        if (!failure && size > max_bytes)
            throw Error(
                Error::Code::too_large,
                std::to_string(size >> 20) + " MiB; at most " + std::to_string(max_bytes >> 20) + " MiB can be read",
                {path, {}, {}});
        std::string bytes;
        bytes.resize(failure ? 0 : static_cast<std::size_t>(size));
        const std::size_t chunk = std::max(bytes.size() / 100, std::size_t{1} << 20);
        std::size_t read = 0;
        while (in && read < bytes.size()) {
            in.read(bytes.data() + read, static_cast<std::streamsize>(std::min(chunk, bytes.size() - read)));
            read += static_cast<std::size_t>(in.gcount());
            if (progress) progress(static_cast<double>(read) / static_cast<double>(bytes.size()));
        }
        bytes.resize(read);
        if (in.bad()) throw Error(Error::Code::unreadable, "reading failed", {path, {}, {}});
        return bytes;
    }
    std::string bytes{std::istreambuf_iterator<char>(in), {}};  // a pipe: /dev/stdin
    if (in.bad()) throw Error(Error::Code::unreadable, "reading failed", {path, {}, {}});
    return bytes;
}

void replace_file(const std::string& path, const std::function<void(std::ostream&)>& write) {
    const auto failed = [&](const std::string& what) {
        return Error(Error::Code::write_failed, what + ": " + std::strerror(errno) + "; nothing was changed",
                     {path, {}, {}});
    };
    // A device or a pipe is written straight; a link is followed, so that the file it names is replaced.
    fs::path target = path;
    std::error_code ignored;
    if (fs::is_symlink(fs::symlink_status(target, ignored))) target = fs::weakly_canonical(target, ignored);
    const fs::file_status status = fs::status(target, ignored);
    if (fs::is_directory(status)) {
        errno = EISDIR;
        throw failed("cannot be written");
    }
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        std::ofstream out(target, std::ios::binary);
        write(out);
        if (!out.flush()) throw failed("writing failed");
        return;
    }
    std::string temporary = target.string() + "." + std::string(6, 'X');
    const int fd = ::mkstemp(temporary.data());
    if (fd < 0) throw failed("cannot be written");
    try {
        {
            std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
            write(out);
            if (!out.flush()) throw failed("writing failed");
        }
        const mode_t mask = ::umask(0);
        ::umask(mask);
        const auto mode = fs::exists(status) ? static_cast<mode_t>(status.permissions()) : (0666 & ~mask);
        if (::fchmod(fd, mode) != 0 || ::fsync(fd) != 0) throw failed("writing failed");
        if (::rename(temporary.c_str(), target.c_str()) != 0) throw failed("cannot be replaced");
    } catch (...) {
        ::close(fd);
        ::unlink(temporary.c_str());
        throw;
    }
    ::close(fd);
}

}  // namespace gamegpt
