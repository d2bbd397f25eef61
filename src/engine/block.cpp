#include "engine/block.h"

#include <utility>

namespace mailassay::engine {
namespace {

/// Blocks kept while nobody uses them.
constexpr std::size_t kMaxIdle = 64;

}  // namespace

std::shared_ptr<Block> BlockPool::get(std::size_t size) {
  // Blocks for messages that are larger than usual are not kept.
  if (size > kBlockBytes) return std::make_shared<Block>(size);
  std::unique_ptr<Block> block;
  {
    const std::scoped_lock lock(store_->mutex);
    if (!store_->idle.empty()) {
      block = std::move(store_->idle.back());
      store_->idle.pop_back();
    }
  }
  if (!block) block = std::make_unique<Block>(kBlockBytes);
  block->used = 0;
  const std::shared_ptr<Store> store = store_;
  return {block.release(), [store](Block* returned) {
            std::unique_ptr<Block> owned(returned);
            const std::scoped_lock lock(store->mutex);
            if (store->idle.size() < kMaxIdle) store->idle.push_back(std::move(owned));
          }};
}

}  // namespace mailassay::engine
