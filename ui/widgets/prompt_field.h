#pragma once

#include <QLineEdit>

#include <memory>
#include <vector>

#include "core/corpus/vocabulary.h"

class QCompleter;
class QLabel;
class QStringListModel;

namespace gamegpt::ui {

// A line of text of which parts can be underlined as wrong, and whose last word is completed.
class PromptEdit : public QLineEdit {
    Q_OBJECT
   public:
    struct Part {
        int start, length;
    };

    explicit PromptEdit(QWidget* parent = nullptr);

    void setWrong(std::vector<Part> parts);
    const std::vector<Part>& wrong() const { return m_wrong; }
    // What the last word may become; none for no completion.
    void setWords(const QStringList& words);

   protected:
    void paintEvent(QPaintEvent* event) override;

   private:
    void complete();
    void finish(const QString& word);

    std::vector<Part> m_wrong;
    QCompleter* m_completer;
    QStringListModel* m_words;
};

// The text that samples begin with, and what there is to say about it.
class PromptField : public QWidget {
    Q_OBJECT
   public:
    explicit PromptField(QWidget* parent = nullptr);

    // The text is read anew.
    void setVocabulary(std::shared_ptr<const Vocabulary> vocabulary);
    void setBlockSize(int blockSize);
    // The text's tokens, as prompt_tokens() has them; empty without a text. Parts that are no tokens are left out.
    const std::vector<TokenId>& tokens() const { return m_tokens; }

   signals:
    void tokensChanged();

   private:
    void read();

    PromptEdit* m_edit;
    QLabel* m_message;
    std::shared_ptr<const Vocabulary> m_vocabulary;
    int m_blockSize = 0;
    std::vector<TokenId> m_tokens;
};

}  // namespace gamegpt::ui
